import CMachine
import Capture

/// The threads of this process's interpreter, read anew only where they may have changed since they were read last.
struct ListedThreads {
    private let list: ThreadList
    private var ids: [Int32] = []
    /// The threads' states, by the kernel's number.
    private(set) var states: [Int32: UInt] = [:]
    /// What stood where in the list, and when it was read, in nanoseconds.
    private var read: (places: [machine_piece], words: [UInt]) = ([], [])
    private var readAt: Int64 = 0

    /// Of more threads than so many it is only asked whether one has come, and after so long, in nanoseconds, they are read
    /// anew: to look at each takes longer than a tick. The kernel says of each whether it is still there.
    private static let few = 32
    private static let readEvery: Int64 = 10_000_000

    init(_ list: ThreadList) { self.list = list }

    /// The threads that are there now, oldest first.
    mutating func refresh() -> [Int32] {
        if !isCurrent { readAnew() }
        return ids
    }

    private var isCurrent: Bool {
        guard let newest = read.words.first else { return false }
        if isMainThreadAlone { return load(list.head) == newest }
        if ids.count > Self.few { return list.newest == newest && KernelClock.now() - readAt < Self.readEvery }
        return read.words.count <= GuardedMemory.mostAtOnce && list.memory.holds(read.words, at: read.places)
    }

    /// Then the list begins with a state that is there for as long as the interpreter is, as its beginning is: that need not be
    /// asked of the kernel.
    private var isMainThreadAlone: Bool { ids.count == 1 && read.words.count == 3 && ids[0] == list.memory.process }

    private mutating func readAnew() {
        let links = list.links()
        let threads = ThreadList.threads(of: links)
        ids = threads.map { $0.id }
        states = Dictionary(uniqueKeysWithValues: threads.map { ($0.id, $0.state) })
        (read, readAt) = (list.words(of: links), KernelClock.now())
    }
}
