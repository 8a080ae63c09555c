import CMachine
import Capture
import Glibc

/// Looks at the stack of a thread of another process at a moment at which that thread does not run.
///
/// A stack changes tens of millions of times a second, so what several system calls read of it meanwhile is of no moment at all.
/// But no two threads are on one processor at once. The one that looks goes to where the other is, which thereby waits there
/// for the microseconds that a look takes, and the kernel counts how often it gives a thread a processor
/// (proc_pid_schedstat(5)): where it has not done so by the end of a look, all that was read is of one moment. A thread that
/// waits by itself is read from anywhere.
struct RemoteLook {
    /// What became of a look.
    enum Result {
        /// So many frames, leaf first, which lie in the room; and how the thread stood all the while.
        case stack(depth: Int, TargetThreads.State)
        /// The frames contradict each other: the thread stands in the midst of a change.
        case changing
        /// However often it was looked at, the thread ran on meanwhile.
        case ranOn
        /// There is no such thread any more.
        case gone
    }

    let room = StackRoom.allocate()
    private let walk: FrameWalk
    private let kernel: TargetThreads
    private var learning: CallSiteLearning?
    /// Where the calling thread has gone to; below 0 before the first look.
    private var processor: Int32 = -1
    /// Whether a thread was found where the calling thread may not go.
    private(set) var isKeptAway = false

    /// A thread may move to another processor just as it is followed.
    private static let attempts = 8

    init(_ target: TargetInterpreter, _ kernel: TargetThreads) {
        walk = target.walk
        learning = CallSiteLearning(target.walk)
        self.kernel = kernel
    }

    /// Looks at a thread by its state, from one and the same thread.
    mutating func look(at state: UInt, of thread: Int32) -> Result {
        // That it was read a moment ago is as good: nothing may have come since then.
        var known = kernel.states[thread]
        for _ in 0..<Self.attempts {
            guard let before = known ?? kernel.state(of: thread) else { return .gone }
            known = nil
            guard isStill(before) else {
                guard go(to: before.processor) else { break }
                continue
            }
            let depth = walk.walk(threadState: state, isOwn: false, stack: CStack(), into: room)
            guard kernel.stands(thread, before) else { continue }
            if depth < 0 { return .changing }
            // With what its innermost function calls, now that this can be told.
            if learns(depth) { continue }
            return .stack(depth: depth, before)
        }
        return .ranOn
    }

    private mutating func learns(_ depth: Int) -> Bool {
        guard let top = room.stack(depth: depth).first else { return false }
        return learning?.learn(top.code) == true
    }

    /// Whether a thread that stood so as the calling thread ran did not run itself.
    private func isStill(_ state: TargetThreads.State) -> Bool { !state.isRunnable || state.processor == processor }

    private mutating func go(to processor: Int32) -> Bool {
        guard machine_go_to(processor) != 0 else {
            isKeptAway = true
            return false
        }
        self.processor = processor
        return true
    }
}
