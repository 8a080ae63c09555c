/// What makes one sampling design differ from another.
public protocol SamplingDesign {
    /// Whether the thread that looks goes before the program's threads, where it may.
    static var takesPriority: Bool { get }
    /// Whether it waits on the processor of the thread that it looks at, which it has to leave to that one meanwhile.
    static var sharesProcessor: Bool { get }
    /// Called on the thread that looks, before its first look and behind its last, and around every pause.
    static func arrive()
    static func depart()

    /// The kernel's numbers of the program's threads.
    mutating func threads() -> [Int32]
    /// Looks at the threads, or asks them to look at themselves, for these ticks.
    mutating func ask(_ threads: [ObservedThread], ticks: ClosedRange<UInt64>)
    /// What became of the last `ask`: one sample for each thread, `missed` where it has not answered yet.
    mutating func collect() -> [ThreadSample]
    /// What has come since then of threads that were `missed`.
    mutating func lateAnswers() -> [LateAnswer]
    /// Called once, behind the last tick, before its `collect`.
    mutating func awaitAnswers()
}

extension SamplingDesign {
    public static var takesPriority: Bool { true }
    public static var sharesProcessor: Bool { false }
    public static func arrive() {}
    public static func depart() {}
}

/// Runs a sampling design by a schedule and writes down every tick: due, taken or not, and what was seen.
///
/// A tick is written down when the next one comes. A thread that has not answered by then is `missed` in it, until a
/// later record brings its answer.
public struct Sampler<Design: SamplingDesign, Clock: WaitingClock> {
    private var design: Design
    private let log: LogWriter
    private let clock: Clock
    /// When the run began, on `clock`.
    private var start: Int64 = 0
    private var lives: ThreadLives
    /// The last tick, whose look is not collected yet, and those that share it, in order.
    private var open: [TickRecord] = []
    /// What the last look found of each thread.
    private var seen: [UInt32: ThreadSample] = [:]
    private var standing = StandingThreads()
    private var loop: TickLoop<Clock>?
    private var watch: ProcessWatch?

    /// - Parameters:
    ///   - watch: looks from time to time at what the design does not follow.
    ///   - cpuClock: CPU time of a thread in nanoseconds; `nil` where there is no such thread.
    public init(
        _ design: Design, log: LogWriter, clock: Clock, watch: ProcessWatch? = nil,
        cpuClock: @escaping (Int32) -> Int64? = KernelClock.cpu(ofThread:)
    ) {
        self.watch = watch
        self.design = design
        self.log = log
        self.clock = clock
        lives = ThreadLives(log: log, cpuClock: cpuClock)
    }

    /// Samples until `isStopped`, and writes the end of the log if the run has ended. Otherwise it goes on when it is
    /// called again, and the ticks that were due meanwhile are overtaken.
    ///
    /// - Parameters:
    ///   - start: when the run began, on the clock; heeded the first time.
    ///   - finalEnd: when the run ended, which is before this thread hears of it; `nil` for a run that is to go on.
    public mutating func run(_ schedule: TickSchedule, from start: Int64, isStopped: () -> Bool, finalEnd: () -> Int64?)
    {
        var loop = self.loop ?? begin(schedule, from: start)
        loop.run(isStopped: isStopped) {
            close(); take($0)
        }
        self.loop = loop
        if let end = finalEnd() { finish(at: end) }
    }

    /// The same, one tick at a time, for who looks by itself before it comes for the next: waits for a tick and has the design
    /// `ask`; `nil` where all is to stop.
    public mutating func next(_ schedule: TickSchedule, from start: Int64, isStopped: () -> Bool) -> TickLoop<Clock>
        .Look?
    {
        close()
        var loop = self.loop ?? begin(schedule, from: start)
        let look = loop.next(isStopped: isStopped)
        self.loop = loop
        if let look { take(look) }
        return look
    }

    /// Writes down the last tick and the end of the log. A run that no tick was taken of begins with it.
    public mutating func finish(_ schedule: TickSchedule, from start: Int64, at end: Int64) {
        if loop == nil { loop = begin(schedule, from: start) }
        finish(at: end)
    }

    private mutating func begin(_ schedule: TickSchedule, from start: Int64) -> TickLoop<Clock> {
        self.start = start
        lives.begin(design.threads(), at: start)
        watch?.look(now: start) { lives.follows($0) }
        return TickLoop(schedule, clock: clock, start: start)
    }

    private mutating func finish(at end: Int64) {
        design.awaitAnswers()
        close()
        let threads = lives.observe(design.threads(), now: end)
        for tick in loop?.overtaken(by: end) ?? [] { overtake(tick, threads, now: end) }
        lives.tell(now: end)
        watch?.look(now: end, ended: lives.takeEnded()) { lives.follows($0) }
        log.append(.end(end))
    }

    private mutating func take(_ look: TickLoop<Clock>.Look) {
        let threads = lives.observe(design.threads(), now: look.now)
        for tick in look.overtaken { overtake(tick, threads, now: look.now) }
        let first = look.sharing.first ?? look.tick
        design.ask(threads, ticks: first.number...look.tick.number)
        for tick in look.sharing + [look.tick] { open.append(record(tick, now: look.now)) }
        if watch?.isDue(now: look.now) == true {
            watch?.look(now: look.now, ended: lives.takeEnded()) { lives.follows($0) }
        }
    }

    private func record(_ tick: TickSchedule.Tick, now: Int64) -> TickRecord {
        // 0 says that nobody looked, and the clock may wake us a little early.
        TickRecord(number: tick.number, due: tick.due, taken: max(1, now - start), isProbe: tick.isProbe, threads: [])
    }

    /// A tick for which we came too late. A thread that has not run since we last looked still has the stack that it had
    /// at the tick; what another one did then nobody knows.
    private mutating func overtake(_ tick: TickSchedule.Tick, _ threads: [ObservedThread], now: Int64) {
        var record = record(tick, now: now)
        record.threads = threads.map { thread in
            let known = thread.cpuSinceLastTick == 0 ? seen[thread.index] : nil
            return ThreadSample(
                thread: thread.index, outcome: known == nil ? .overtaken : .valid, stack: known?.stack ?? 0, cpu: 0,
                instant: start + tick.due, task: known?.task ?? TaskNames.none)
        }
        write(record)
    }

    private mutating func write(_ record: TickRecord) {
        var record = record
        standing.takeOut(of: &record)
        if !log.append(.tick(record)) { standing.forget() }
    }

    /// CPU time passed before the first of the ticks that share a look, and none between them.
    private mutating func close() {
        guard !open.isEmpty else { return }
        var threads = design.collect()
        for var record in open {
            record.threads = threads
            write(record)
            for thread in threads.indices { threads[thread].cpu = 0 }
        }
        open.removeAll(keepingCapacity: true)
        seen.removeAll(keepingCapacity: true)
        for sample in threads where sample.outcome == .valid { seen[sample.thread] = sample }
        for answer in design.lateAnswers() { log.append(.answer(answer)) }
    }
}
