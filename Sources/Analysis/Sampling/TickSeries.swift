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
        /// Its place in the schedule.
        var number: Int
        var instant: Int64?
        var isProbe: Bool
        /// By thread.
        var rows: Range<Int>
        /// The sums of its rows' weights, and of what they are alone; 0 where the tick saw nothing in scope.
        var weight: Double
        var seen: Double
    }

    private(set) var ticks: [Tick] = []
    private(set) var rows: [Row] = []
    /// The number of the last tick that was due; its interval may not have been a whole one.
    private let lastDue: Int?

    init(_ profile: Profile, _ scope: Scope) {
        let unit = WeightUnit(profile)
        lastDue = profile.ledger.map { $0.due &- 1 }
        for sample in Self.inOrder(profile.samples) {
            let number = sample.tick ?? 0
            if ticks.last?.number != number {
                ticks.append(
                    Tick(
                        number: number, instant: sample.instant, isProbe: sample.isProbe,
                        rows: rows.count..<rows.count, weight: 0, seen: 0))
            }
            let weight = unit.weight(of: sample)
            guard weight > 0, scope.holds[sample.stack.index] else { continue }
            add(Row(stack: sample.stack.index, thread: sample.thread, weight: weight, seen: unit.seen(of: weight)))
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
        zip(ticks, ticks.dropFirst()).lazy.filter { $1.number == $0.number &+ 1 && $1.number != lastDue }
    }

    var totals: TickTotals {
        var totals = TickTotals()
        totals.ticks = Double(ticks.count)
        var gaps = LostStrata()
        for tick in ticks {
            totals.w += tick.weight
            totals.ww += tick.weight * tick.weight
            totals.lost += tick.weight - tick.seen
            gaps.add(tick.number, weight: tick.seen > 0 ? tick.weight / tick.seen : 1)
        }
        totals.strata = gaps.strata
        let factors = DifferenceSequence.ofPairs
        var window = PairWindow<Double>()
        for (a, b) in pairs {
            let difference = a.seen - b.seen
            totals.pairs += 1
            totals.dwdw += difference * difference
            window.add(difference, from: a.number, to: b.number)
            guard let three = window.whole else { continue }
            let combined = factors[0] * three.first + factors[1] * three.second + factors[2] * three.third
            totals.windows += 1
            totals.d3wd3w += combined * combined
        }
        return totals
    }

    /// By tick, then thread; a log has them in this order but for what threads raced for.
    private static func inOrder(_ samples: [Sample]) -> [Sample] {
        let comesFirst = { (a: Sample, b: Sample) in (a.tick ?? 0, a.thread) < (b.tick ?? 0, b.thread) }
        let isSorted = zip(samples, samples.dropFirst()).allSatisfy { !comesFirst($1, $0) }
        return isSorted ? samples : samples.sorted(by: comesFirst)
    }
}
