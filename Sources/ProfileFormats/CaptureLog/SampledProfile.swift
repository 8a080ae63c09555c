import Capture
import ProfileModel

/// Turns the ticks of a sampler's capture log into a profile.
struct SampledProfile {
    private(set) var profile: Profile
    private let run: CapturedRun
    private let start: Int64
    private let interval: Double
    private var stacks: LoggedStacks
    private var notes = SampleNotes()
    private var threadPlaces: [UInt32: Int] = [:]
    /// Those that are no part of the block that was profiled.
    private var othersThreads: Set<UInt32> = []

    /// - Parameter samples: whether they are wanted, or only the ledger.
    init(_ run: CapturedRun, _ design: String, _ clock: Clock, samples: Bool) {
        self.run = run
        start = run.start
        profile = run.profile(design, .sampling, clock)
        stacks = LoggedStacks(run.facts, python: profile.python)
        profile.schedule = run.facts["schedule"].flatMap(Schedule.init)
        profile.rate = run.facts["rate"].flatMap(Double.init)
        profile.instantsAreOwn = run.instantsAreOwn
        profile.kindsTold = CapturedDesign(rawValue: design)?.kindsTold ?? .none
        interval = run.interval
        addThreads()
        if samples {
            for stack in run.stacks { stacks.add(stack, run.codes, to: &profile.stacks) }
        }
        addTicks(dueTicks(), samples: samples)
        profile.functions = stacks.symbols.functions
        profile.locations = stacks.symbols.locations
    }

    private mutating func addThreads() {
        let block = BlockThreads(run.facts)
        let untold = run.untoldLives
        let lastLook = run.lastLook
        for thread in run.threads.values.sorted(by: { $0.index < $1.index }) {
            guard block.contains(thread.id) else {
                othersThreads.insert(thread.index)
                continue
            }
            threadPlaces[thread.index] = profile.threads.count
            let later = untold[thread.index] ?? (end: thread.end, cpu: 0)
            let life =
                profile.clock == .wall
                ? later.end - thread.begin + beyondLooks(thread.begin, later.end, lastLook: lastLook)
                : thread.cpu + later.cpu
            profile.threads.append(
                ThreadLife(id: Int64(thread.id), name: run.name(ofThread: thread.id), nanoseconds: max(0, life)))
        }
    }

    /// What a thread lived on average before the first look that saw it, and after the last one: half an interval each, for looks come
    /// at random. One that was there as the run began, or as it ended, is known to have been.
    ///
    /// A life L is seen at L/Δ looks Δ apart on average, which is exactly what this makes of it, summed over lives that no look saw, too.
    private func beyondLooks(_ begin: Int64, _ end: Int64, lastLook: Int64) -> Int64 {
        Int64(interval / 2) * ((begin > start ? 1 : 0) + (end < lastLook ? 1 : 0))
    }

    /// All that were due before the end. The tick of a last interval that the program did not live through counts like
    /// any other: it was due in the part that there was with just that part's probability.
    private func dueTicks() -> ArraySlice<TickRecord> {
        let duration = run.lastInstant - start
        return run.ticks.prefix { $0.due <= duration }
    }

    private mutating func addTicks(_ ticks: ArraySlice<TickRecord>, samples: Bool) {
        var ledger = LedgerKeeping(interval: interval, start: start)
        var filling = LossFilling(interval: profile.clock == .cpu ? interval : nil)
        var absences = ThreadAbsences()
        if samples { profile.samples.reserveCapacity(ticks.count) }
        for var tick in ticks {
            if !othersThreads.isEmpty { tick.threads.removeAll { othersThreads.contains($0.thread) } }
            ledger.enter(tick)
            if profile.clock == .wall { absences.enter(tick) }
            guard samples else { continue }
            for sample in tick.threads {
                let isSeen = sample.outcome == .valid && add(sample, of: tick)
                filling.note(sample.thread, seenAs: isSeen ? profile.samples.count - 1 : nil, cpu: sample.cpu)
            }
        }
        profile.ledger = ledger.ledger
        if !profile.processes.isEmpty { profile.processes[0].ledger = ledger.ledger.withoutReasons }
        shorten(by: absences)
        shareOutTime(profile.instantsAreOwn ? filling.halves : nil)
    }

    /// Takes the time from lives in which no tick could have seen them.
    private mutating func shorten(by absences: ThreadAbsences) {
        for (thread, place) in threadPlaces {
            let presence = absences.presence(of: thread)
            if presence < 1 {
                profile.threads[place].nanoseconds = Int64(Double(profile.threads[place].nanoseconds) * presence)
            }
        }
    }

    /// Whether the sample is one of the profile's.
    private mutating func add(_ sample: ThreadSample, of tick: TickRecord) -> Bool {
        guard let thread = threadPlaces[sample.thread], let node = stacks.nodes[sample.stack] else { return false }
        let counts = profile.clock == .wall || sample.isRunning
        // What a thread answers late it saw when it was asked: it has not run since. A look that had to wait saw what was later.
        let looked = sample.instant - start
        let instant = profile.instantsAreOwn ? min(looked, tick.taken) : looked
        profile.samples.append(
            Sample(
                stack: node.place.stack, thread: thread, tick: Int(tick.number), instant: instant, count: 1,
                nanoseconds: counts ? 2 : 0, isProbe: tick.isProbe,
                isWaiting: profile.clock == .wall && !sample.isRunning, holdsLock: sample.holdsLock,
                note: note(node.note, run.task(sample.task))))
        return true
    }

    private mutating func note(_ note: SampleNote?, _ task: RunningTask?) -> SampleNote? {
        guard task != nil else { return note }
        return notes.shared(SampleNote(opcode: note?.opcode, called: note?.called, task: task))
    }

    /// Every sample that counts stands for an equal part of the threads' time, and for its part of what its neighbours
    /// lost: on the wall clock each counts, on the CPU's each of a thread that was running at the tick. There the samples of each
    /// of `ThreadStrata` add up to what the kernel knows of its time.
    ///
    /// A tick is at a uniformly random instant of its interval, so that a thread runs at it with the probability of its
    /// part of that interval, whatever runs. The CPU time since the last tick would all be given to the stack at this one,
    /// and a thread that sleeps between bursts would be charged for the end of each.
    ///
    /// - Parameter filled: by sample, the halves of ticks that it stands for; `nil` where each stands for its own alone.
    private mutating func shareOutTime(_ filled: [Int: Int64]?) {
        for (at, halves) in filled ?? [:] where profile.samples[at].nanoseconds > 0 {
            profile.samples[at].nanoseconds += halves
        }
        let strata = ThreadStrata(profile.samples, threads: profile.threads.count, clock: profile.clock)
        let half = timeOfHalf(strata)
        for at in profile.threads.indices { profile.threads[at].tick = 2 * half[strata.stratum(of: at)] }
        for at in profile.samples.indices {
            profile.samples[at].nanoseconds *= half[strata.stratum(of: profile.samples[at].thread)]
        }
    }

    /// By stratum, the time that half a tick stands for; 0 where none was seen.
    private func timeOfHalf(_ strata: ThreadStrata) -> [Int64] {
        var (times, halves) = ([Int64](repeating: 0, count: strata.count), [Int64](repeating: 0, count: strata.count))
        for (thread, life) in profile.threads.enumerated() { times[strata.stratum(of: thread)] += life.nanoseconds }
        for sample in profile.samples { halves[strata.stratum(of: sample.thread)] += sample.nanoseconds }
        if strata.isFirstUnseen { Self.share(first: &times) }
        return zip(times, halves).map { $1 > 0 ? max(1, $0 / $1) : 0 }
    }

    /// Gives the time of the first to the others, in proportion to their own.
    private static func share(first times: inout [Int64]) {
        let (time, others) = (times.reduce(0, +), times.dropFirst().reduce(0, +))
        guard others > 0 else { return }
        let part = Double(time) / Double(others)
        times = [0] + times.dropFirst().map { Int64(part * Double($0)) }
    }
}
