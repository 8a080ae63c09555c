import ProfileModel
import Statistics

/// The valid ticks of a sampling run in order: the units of its statistics.
struct TickSeries {
    /// What one tick saw of one thread, in scope and with weight.
    struct Row {
        var stack: Int
        var thread: Int
        /// What it stands for: itself, and its part of the ticks that were lost beside it.
        var weight: Double
        /// Itself alone.
        var seen: Double
    }

    struct Tick {
        /// Index of the process whose tick it is.
        var process: Int
        /// Its place in that process's schedule.
        var number: Int
        /// Since that process's profile began, in nanoseconds.
        var instant: Int64?
        var isProbe: Bool
        /// By thread.
        var rows: Range<Int>
        /// The sums of its rows' weights, and of what they are alone; 0 where the tick saw nothing in scope.
        var weight: Double
        var seen: Double

        /// Whether it is the next of the same schedule.
        func follows(_ other: Tick) -> Bool { process == other.process && number == other.number &+ 1 }
    }

    private(set) var ticks: [Tick] = []
    private(set) var rows: [Row] = []
    /// By process, the number of the last tick that was due; its interval may not have been a whole one.
    private let lastDue: [Int?]
    /// Whether what each process has of the whole is known: its time is, and a part of that (under one function, running) is not.
    let partsAreKnown: Bool

    init(_ profile: Profile, _ scope: Scope) {
        let unit = WeightUnit(profile)
        let clocks = ProcessClocks(profile)
        lastDue = clocks.ledgers.map { ledger in ledger.map { $0.due &- 1 } }
        partsAreKnown = scope.within == nil && !profile.samples.contains(where: \.isLeftOut)
        for sample in Self.inOrder(profile.samples, clocks) {
            let (process, number) = (clocks.process(of: sample), sample.tick ?? 0)
            if ticks.last?.number != number || ticks.last?.process != process {
                ticks.append(
                    Tick(
                        process: process, number: number, instant: clocks.instant(of: sample),
                        isProbe: sample.isProbe, rows: rows.count..<rows.count, weight: 0, seen: 0))
            }
            let weight = unit.weight(of: sample)
            guard weight > 0, scope.holds[sample.stack.index] else { continue }
            add(Row(stack: sample.stack.index, thread: sample.thread, weight: weight, seen: unit.seen(of: sample)))
        }
    }

    private mutating func add(_ row: Row) {
        rows.append(row)
        ticks[ticks.count - 1].rows = ticks[ticks.count - 1].rows.lowerBound..<rows.count
        ticks[ticks.count - 1].weight += row.weight
        ticks[ticks.count - 1].seen += row.seen
    }

    /// Ticks that saw something in scope.
    var ticksInScope: Int { ticks.count { $0.weight > 0 } }

    /// Every two neighbours that were both taken, a partial last interval left out.
    var pairs: some Sequence<(Tick, Tick)> {
        zip(ticks, ticks.dropFirst()).lazy.filter { $1.follows($0) && $1.number != lastDue[$1.process] }
    }

    var totals: TickTotals { strata.map { TickStrata($0.map(\.totalsOfOne)).totals } ?? totalsOfOne }

    /// The same, taken for those of one process.
    var totalsOfOne: TickTotals {
        var totals = TickTotals()
        totals.ticks = Double(ticks.count)
        var gaps = LostStrata()
        var process = 0
        for tick in ticks {
            totals.w += tick.weight
            totals.ww += tick.weight * tick.weight
            totals.lost += tick.weight - tick.seen
            if tick.process != process { gaps.beginProcess() }
            process = tick.process
            gaps.add(tick.number, weight: tick.seen > 0 ? tick.weight / tick.seen : 1)
        }
        totals.strata = gaps.strata
        let factors = DifferenceSequence.ofPairs
        var window = PairWindow<Double>()
        for (a, b) in pairs {
            let difference = a.seen - b.seen
            totals.pairs += 1
            totals.dwdw += difference * difference
            window.add(difference, from: a, to: b)
            guard let three = window.whole else { continue }
            let combined = factors[0] * three.first + factors[1] * three.second + factors[2] * three.third
            totals.windows += 1
            totals.d3wd3w += combined * combined
        }
        return totals
    }

    /// By process, tick, then thread; a log has them in this order but for what threads raced for.
    private static func inOrder(_ samples: [Sample], _ clocks: ProcessClocks) -> [Sample] {
        let comesFirst = { (a: Sample, b: Sample) in
            (clocks.process(of: a), a.tick ?? 0, a.thread) < (clocks.process(of: b), b.tick ?? 0, b.thread)
        }
        let isSorted = zip(samples, samples.dropFirst()).allSatisfy { !comesFirst($1, $0) }
        return isSorted ? samples : samples.sorted(by: comesFirst)
    }
}

extension TickSeries {
    /// The ticks of several processes, those of each for themselves; `nil` where there is one.
    ///
    /// A process of few ticks says too little of how its own scatter, so such processes are one stratum: what lies between
    /// them counts as scatter, too.
    var strata: [TickSeries]? {
        guard let first = ticks.first, let last = ticks.last, first.process != last.process else { return nil }
        let counts = ticks.reduce(into: [Int: Int]()) { $0[$1.process, default: 0] += 1 }
        let large = counts.filter { $0.value >= Self.enough }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let own = Set(large.prefix(Self.mostStrata).map(\.key))
        let together = ticks.filter { !own.contains($0.process) }
        let parts = own.sorted().map { process in ticks.filter { $0.process == process } }
        return (parts + [together]).filter { !$0.isEmpty }.map { part in
            var series = self
            series.ticks = part
            return series
        }
    }

    /// Ticks under which a process is no stratum of its own, and processes that are.
    private static let enough = 30
    private static let mostStrata = 64
}

/// When each process of a profile began, and how many ticks were due in it.
private struct ProcessClocks {
    let ledgers: [Ledger?]
    private let delays: [Int64]
    private let ofThread: [Int]

    init(_ profile: Profile) {
        let processes = profile.processes
        let isOne = processes.count < 2
        ledgers = profile.ledgers
        delays = isOne ? [0] : processes.map { $0.start - processes[0].start }
        ofThread = isOne ? [] : profile.threads.map(\.process)
    }

    func process(of sample: Sample) -> Int { ofThread.indices.contains(sample.thread) ? ofThread[sample.thread] : 0 }

    func instant(of sample: Sample) -> Int64? { sample.instant.map { $0 - delays[process(of: sample)] } }
}
