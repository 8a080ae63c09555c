import CMachine
import CPython

/// The interpreter's threads, read from outside without its lock.
///
/// A thread may end while the list is read; then what is read may be anything, so every number is
/// asked of the kernel before it is used for more than a look.
struct ThreadList {
    let layout: FrameLayout
    let memory: GuardedMemory
    let interpreter: UInt

    /// More threads than this are not followed: a broken list must end somewhere.
    private static let most = 1 << 16

    /// A thread's state, and what it says of itself there.
    struct Link {
        var state: UInt
        /// The kernel's number of the thread, in the lower half of what stands there.
        var id: UInt
        var next: UInt
    }

    /// Where the list begins.
    var head: UInt { interpreter &+ UInt(layout.interpreterThreads) }

    /// The state that was made last: another, where a thread has come since.
    var newest: UInt { memory.word(at: head) ?? 0 }

    /// The threads' states, by the kernel's number; oldest first.
    func threads() -> [(id: Int32, state: UInt)] { Self.threads(of: links()) }

    /// The list as it stands, newest first.
    func links() -> [Link] {
        var links: [Link] = []
        var at = newest
        while at != 0, links.count < Self.most {
            guard let id = memory.word(at: at &+ UInt(layout.threadNativeID)),
                let next = memory.word(at: at &+ UInt(layout.threadNext))
            else { break }
            links.append(Link(state: at, id: id, next: next))
            at = next
        }
        return links
    }

    static func threads(of links: [Link]) -> [(id: Int32, state: UInt)] {
        var seen: Set<Int32> = []
        // A thread that is being started has, until it runs, no number, or in 3.11 that of the one that starts it; the
        // older is meant.
        return links.reversed().map { (Int32(truncatingIfNeeded: $0.id), $0.state) }
            .filter { $0.0 > 0 && seen.insert($0.0).inserted }
    }

    /// Where the list's words stand, and what they are.
    func words(of links: [Link]) -> (places: [machine_piece], words: [UInt]) {
        let states = links.flatMap { [$0.state &+ UInt(layout.threadNativeID), $0.state &+ UInt(layout.threadNext)] }
        let words = [links.first?.state ?? 0] + links.flatMap { [$0.id, $0.next] }
        return (([head] + states).map { machine_piece(address: $0, size: 8) }, words)
    }
}
