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

    /// The state that was made last: another, where a thread has come since.
    var newest: UInt { memory.word(at: interpreter &+ UInt(layout.interpreterThreads)) ?? 0 }

    /// The threads' states, by the kernel's number; oldest first.
    func threads() -> [(id: Int32, state: UInt)] {
        var newestFirst: [(id: Int32, state: UInt)] = []
        var at = newest
        while at != 0, newestFirst.count < Self.most {
            guard let id = memory.word(at: at &+ UInt(layout.threadNativeID)),
                let next = memory.word(at: at &+ UInt(layout.threadNext))
            else { break }
            newestFirst.append((Int32(truncatingIfNeeded: id), at))
            at = next
        }
        var seen: Set<Int32> = []
        // A thread that is being started has, until it runs, no number, or in 3.11 that of the one that starts it; the
        // older is meant.
        return newestFirst.reversed().filter { $0.id > 0 && seen.insert($0.id).inserted }
    }
}
