import CMachine
import Capture
import Glibc

/// The design `remote`: reads the frames of another process, which does nothing for it and is never stopped, but shares its
/// processor for the microseconds of a look (`RemoteLook`).
///
/// A thread that has waited since it was looked at last is not looked at again.
struct RemoteDesign: SamplingDesign {
    /// The stack of a thread that waits, and what proves that it has not run since.
    private struct Standing {
        var state: TargetThreads.State
        var stack: UInt32
    }

    static var sharesProcessor: Bool { true }

    private let log: LogWriter
    private let list: ThreadList
    private let listed = MemorySnapshot()
    private let kernel: TargetThreads
    private let presence: TargetPresence
    private let stop: StopSignal
    private var look: RemoteLook
    private var interning: StackInterning
    private var states: [Int32: UInt] = [:]
    private var standing: [UInt32: Standing] = [:]
    private var seen: [ThreadSample] = []
    private var looks = 0
    private var failures = 0

    /// Where more fail, it is the program that decides what is seen of it.
    private static let mostFailing = 0.05

    /// - Parameter stop: ends the sampling, which it does itself where the process is gone.
    init(_ target: TargetInterpreter, _ kernel: TargetThreads, until stop: StopSignal, log: LogWriter) {
        self.log = log
        self.kernel = kernel
        self.stop = stop
        list = ThreadList(
            layout: target.list.layout, memory: GuardedMemory(of: target.process, listed),
            interpreter: target.list.interpreter)
        look = RemoteLook(target, kernel)
        presence = TargetPresence(of: target.process, at: target.list.interpreter)
        interning = StackInterning(log: log, name: CodeNaming(walk: target.walk).record)
    }

    mutating func threads() -> [Int32] {
        guard presence.isThere() else {
            stop.raise()
            return []
        }
        listed.take(of: list.memory.process)
        let present = list.threads()
        listed.learn()
        states = Dictionary(uniqueKeysWithValues: present.map { ($0.id, $0.state) })
        return present.map { $0.id }
    }

    mutating func ask(_ threads: [ObservedThread], ticks: ClosedRange<UInt64>) {
        seen = threads.map { sample(of: $0) }
        // What was read since it was there last may be of another program.
        if !presence.isThere() { seen = [] }
        if standing.count > 2 * threads.count { forget(allBut: threads) }
    }

    mutating func collect() -> [ThreadSample] {
        defer { seen.removeAll(keepingCapacity: true) }
        return seen
    }

    func lateAnswers() -> [LateAnswer] { [] }

    mutating func awaitAnswers() {
        look.end()
        if look.isKeptAway {
            log.append(
                .note(
                    code: "kept-away",
                    text:
                        "a thread of the program ran on a processor that swprof may not use, and was not seen there: give both the same (taskset, cpuset)"
                ))
        }
        if Double(failures) > Self.mostFailing * Double(max(1, looks)) {
            log.append(.fact(key: "instants", value: "program"))
        }
    }

    private mutating func sample(of thread: ObservedThread) -> ThreadSample {
        let before = kernel.states[thread.id]
        if let known = standing[thread.index], known.state == before {
            return sample(of: thread, .valid, known.stack, isRunning: false)
        }
        standing[thread.index] = nil
        let isRunning = before?.isRunnable ?? true
        guard let state = states[thread.id] else { return sample(of: thread, .missed, 0, isRunning: isRunning) }
        looks += 1
        let instant = KernelClock.now()
        guard case .stack(let depth, let stood) = look.look(at: state, of: thread.id) else {
            failures += 1
            return sample(of: thread, .failed, 0, isRunning: isRunning)
        }
        let stack = interning.intern(look.room.stack(depth: depth), slot: thread.slot)
        if !stood.isRunnable { standing[thread.index] = Standing(state: stood, stack: stack) }
        var sample = sample(of: thread, .valid, stack, isRunning: isRunning)
        sample.instant = instant
        return sample
    }

    private func sample(
        of thread: ObservedThread, _ outcome: ThreadSample.Outcome, _ stack: UInt32, isRunning: Bool
    ) -> ThreadSample {
        ThreadSample(
            thread: thread.index, outcome: outcome, stack: stack, cpu: thread.cpuSinceLastTick,
            instant: KernelClock.now(), isRunning: isRunning)
    }

    /// A program may start threads without end.
    private mutating func forget(allBut threads: [ObservedThread]) {
        let indices = Set(threads.map { $0.index })
        standing = standing.filter { indices.contains($0.key) }
    }
}

extension Session {
    /// Looks at another process.
    func look() throws(SessionError) {
        let target = try target()
        let stop = StopSignal()
        let kernel = TargetThreads(of: target.process)
        if target.hasSubinterpreters { Self.noteSubinterpreter() }
        try sample(
            RemoteDesign(target, kernel, until: stop, log: log), until: stop,
            ProcessWatch(log: log, process: .other(target.process)), cpuClock: kernel.cpu(of:))
    }
}

extension Session {
    /// Writes a log of another process by `body`, at once and with nothing going on beside.
    static func write(
        _ settings: SessionSettings, _ body: (TargetInterpreter, LogWriter) -> Void
    ) throws(SessionError) {
        let session = try Session(settings)
        let target = try session.target()
        session.writeFacts(.sampling, start: KernelClock.now())
        body(target, session.log)
        session.log.append(.end(KernelClock.now()))
        session.log.close()
    }
}
