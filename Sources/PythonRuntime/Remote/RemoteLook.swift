import CMachine
import Capture
import Glibc

/// Looks at the stack of a thread of another process at a moment at which that thread does not run.
///
/// A stack changes tens of millions of times a second, so what several system calls read of it meanwhile is of no moment at all.
/// But no two threads are on one processor at once. A guest of ours goes to where the other is, which thereby waits there for the
/// microseconds that it takes to copy what a look needs, and the kernel counts how often it gives a thread a processor
/// (proc_pid_schedstat(5)): where it has not done so meanwhile, and the thread runs nowhere else, all that was copied is of one
/// moment. A thread that waits by itself is read from anywhere.
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

    /// A thread to look at: where the interpreter keeps its state, and the kernel's number of it.
    private struct Subject {
        let state: UInt
        let thread: Int32
        /// Where it says on which processor it is, where that is known.
        var record: UInt?
    }

    let room = StackRoom.allocate()
    private let walk: FrameWalk
    private let snapshot = MemorySnapshot()
    private let kernel: TargetThreads
    private var records: RestartableRecord
    private var learning: CallSiteLearning?
    private var guest: ProcessorGuest?
    private let allowed = machine_allowed_processors()
    /// Whether a thread was found where a guest may not go.
    private(set) var isKeptAway = false

    /// A thread may move to another processor just as it is followed.
    private static let attempts = 8

    init(_ target: TargetInterpreter, _ kernel: TargetThreads) {
        var walk = target.walk
        walk.memory = GuardedMemory(of: target.process, snapshot)
        self.walk = walk
        self.kernel = kernel
        records = RestartableRecord(target)
        learning = CallSiteLearning(target.walk)
    }

    /// Looks at a thread by its state, from one and the same thread.
    mutating func look(at state: UInt, of thread: Int32) -> Result {
        // That it was read a moment ago is as good: nothing may have come since then.
        var known = kernel.states[thread]
        for _ in 0..<Self.attempts {
            guard let before = known ?? kernel.state(of: thread) else { return .gone }
            known = nil
            var subject = Subject(state: state, thread: thread)
            let depth: Int?
            if before.isRunnable {
                subject.record = records.place(of: thread, state, on: before.processor)
                depth = visit(subject, on: before.processor)
            } else {
                depth = watch(subject, standing: before)
            }
            snapshot.learn()
            guard let depth else { continue }
            if depth < 0 { return .changing }
            // With what its innermost function calls, now that this can be told.
            if learns(depth) { continue }
            return .stack(depth: depth, before)
        }
        return .ranOn
    }

    /// Ends what it needs to look.
    mutating func end() {
        guest?.end()
        guest = nil
    }

    private mutating func learns(_ depth: Int) -> Bool {
        guard let top = room.stack(depth: depth).first else { return false }
        return learning?.learn(top.code) == true
    }

    // MARK: One that waits

    private func watch(_ subject: Subject, standing before: TargetThreads.State) -> Int? {
        snapshot.take(of: walk.memory.process)
        let depth = depth(of: subject)
        return kernel.state(of: subject.thread) == before ? depth : nil
    }

    // MARK: One that runs

    /// Walks what was copied on its processor, elsewhere; only where something is missing in it the walk is done there, too.
    private mutating func visit(_ subject: Subject, on processor: Int32) -> Int? {
        guard stands(subject, on: processor) else { return nil }
        snapshot.seal(true)
        let depth = depth(of: subject)
        snapshot.seal(false)
        if snapshot.missed == 0 { return depth }
        snapshot.learn()
        var found = FrameWalk.unverified
        let (walk, room) = (walk, room)
        return stands(subject, on: processor) {
            found = walk.walk(threadState: subject.state, isOwn: false, stack: CStack(), into: room)
        } ? found : nil
    }

    private func depth(of subject: Subject) -> Int {
        walk.walk(threadState: subject.state, isOwn: false, stack: CStack(), into: room)
    }

    /// Copies on a processor what a look needs, and does `body` there; whether the thread stood still all the while.
    private mutating func stands(_ subject: Subject, on processor: Int32, _ body: (() -> Void)? = nil) -> Bool {
        var isStill = false
        let (kernel, snapshot, process) = (kernel, snapshot, walk.memory.process)
        let isDone = work(on: processor) {
            guard let begin = kernel.times(of: subject.thread) else { return }
            // Without a record the kernel is asked, which takes longer.
            if subject.record == nil, kernel.state(of: subject.thread)?.processor != processor { return }
            var word = snapshot.take(of: process, last: subject.record ?? 0)
            if let body {
                body()
                word = subject.record.flatMap { GuardedMemory(of: process).word(at: $0) }
            }
            // Read behind all else: before a thread goes on with its own code on another processor, its record says so.
            let isHere = subject.record == nil || word.map(RestartableRecord.processor) == processor
            isStill = isHere && kernel.times(of: subject.thread) == begin
        }
        if !isDone { isKeptAway = true }
        return isStill
    }

    /// Does `body` on a processor; whether we may go there.
    private mutating func work(on processor: Int32, _ body: () -> Void) -> Bool {
        if machine_own_processor() == processor { machine_stay_off(allowed, processor) }
        // There may be but one.
        if machine_own_processor() == processor {
            body()
            return true
        }
        guest = guest ?? ProcessorGuest()
        return guest?.work(on: processor, body) == true
    }
}
