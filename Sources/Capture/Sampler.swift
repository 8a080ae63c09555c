/// What makes one sampling design differ from another.
public protocol SamplingDesign {
    /// The kernel's numbers of the program's threads.
    mutating func threads() -> [Int32]
    /// Looks at the threads, or asks them to look at themselves.
    mutating func ask(_ threads: [ObservedThread])
    /// What became of the last `ask`: one sample for each thread.
    mutating func collect() -> [ThreadSample]
    /// Called once, behind the last tick, before its `collect`.
    mutating func awaitAnswers()
}

/// Runs a sampling design by a schedule and writes down every tick: due, taken or not, and what was seen.
public struct Sampler<Design: SamplingDesign, Clock: WaitingClock> {
    private var design: Design
    private let log: LogWriter
    private let clock: Clock
    private let start: Int64
    private var lives: ThreadLives
    /// The last tick, whose look is not collected yet, and those that share it, in order.
    private var open: [TickRecord] = []
    private var loop: TickLoop<Clock>?

    /// - Parameter start: when the run began, on `clock`.
    public init(_ design: Design, log: LogWriter, clock: Clock, start: Int64, cpuClock: @escaping (Int32) -> Int64? = KernelClock.cpu(ofThread:)) {
        self.design = design
        self.log = log
        self.clock = clock
        self.start = start
        lives = ThreadLives(log: log, start: start, cpuClock: cpuClock)
    }

    /// Samples until `isStopped`, and if that is `isFinal`, writes the end of the log. Otherwise it goes on when it is
    /// called again, and the ticks that were due meanwhile are missed.
    public mutating func run(_ schedule: TickSchedule, isStopped: () -> Bool, isFinal: () -> Bool = { true }) {
        var loop = self.loop ?? begin(schedule)
        loop.run(isStopped: isStopped) { tick, sharing, now in
            close()
            take(tick, sharing, now: now)
        } skip: { tick in
            close()
            log.append(.tick(TickRecord(number: tick.number, due: tick.due, taken: 0, isProbe: tick.isProbe, threads: [])))
        }
        self.loop = loop
        if isFinal() { end() }
    }

    private mutating func begin(_ schedule: TickSchedule) -> TickLoop<Clock> {
        _ = lives.observe(design.threads(), now: start)
        return TickLoop(schedule, clock: clock, start: start)
    }

    private mutating func end() {
        design.awaitAnswers()
        close()
        let now = clock.now()
        _ = lives.observe(design.threads(), now: now)
        lives.tell(now: now)
        log.append(.end(now))
    }

    private mutating func take(_ tick: TickSchedule.Tick, _ sharing: [TickSchedule.Tick], now: Int64) {
        let threads = lives.observe(design.threads(), now: now)
        design.ask(threads)
        for tick in sharing + [tick] {
            open.append(TickRecord(number: tick.number, due: tick.due, taken: now - start, isProbe: tick.isProbe, threads: []))
        }
    }

    /// CPU time passed before the first of the ticks that share a look, and none between them.
    private mutating func close() {
        guard !open.isEmpty else { return }
        var threads = design.collect()
        for var record in open {
            record.threads = threads
            log.append(.tick(record))
            for thread in threads.indices { threads[thread].cpu = 0 }
        }
        open.removeAll(keepingCapacity: true)
    }
}
