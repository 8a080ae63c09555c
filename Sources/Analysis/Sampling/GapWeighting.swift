import ProfileModel
import Statistics

/// Whether it matters when ticks came: shares in which every tick weighs half the gap to both its neighbours, against
/// shares in which it weighs what it stands for.
///
/// With e = y − p·w of a tick, the former less the latter is a sum over ticks. A tick that came δ intervals off the
/// middle of its own moves δ/2 from its right neighbour to its left one: Σ δₖ(eₖ₋₁ − eₖ₊₁)/2. A tick's own e has no part in
/// that, so that a program in step with the ticks raises no alarm; the terms have mean 0 where the instants are the
/// schedule's, and the sum of their squares is at least the variance. Where lost ticks are left out, each gap of r adds
/// r(eₖ + eₖ₊₁)/2.
struct GapWeighting {
    /// How likely one false alarm over all functions may be.
    private static let level = 0.01
    private static let mostNamed = 3
    /// Ticks that must have seen a function before its difference is judged.
    private static let enough = 10.0

    private let series: TickSeries
    private let totals: TickTotals
    private let schedule: Schedule
    /// Nanoseconds between ticks on average.
    private let interval: Double
    /// Whether lost ticks are made up for already.
    private let isFilled: Bool

    /// `nil` where instants, or when they were due, are not known.
    init?(_ profile: Profile, _ series: TickSeries, _ totals: TickTotals) {
        guard let schedule = profile.schedule, let rate = profile.rate, rate > 0, rate.isFinite, totals.w > 0,
            series.ticks.count > 2, series.ticks.allSatisfy({ $0.instant != nil })
        else { return nil }
        self.series = series
        self.totals = totals
        self.schedule = schedule
        interval = 1e9 / rate
        isFilled = totals.lostPart > 0
    }

    /// One caveat a function, greatest difference first.
    func caveats(_ functions: [Function], _ onTop: Charge) -> [Caveat] {
        let differences = differences(onTop)
        let judged = Double(differences.count { $0.sums.on >= Self.enough })
        guard judged > 0 else { return [] }
        let z = Quantile.normal(1 - Self.level / judged / 2)
        return zip(functions, differences)
            .filter { $1.sums.on >= Self.enough && isBeyondError($1, z) }
            .sorted { abs($0.1.moved) > abs($1.1.moved) }
            .prefix(Self.mostNamed).map { caveat($0, $1) }
    }

    /// Of one function: the sum over ticks, and that of its squares.
    private struct Difference {
        var sums: TickSums
        var share: Double
        var moved = 0.0
        var squares = 0.0
        /// The sum of all gap weights.
        var whole: Double

        var gapWeighted: Double { min(1, max(0, whole > 0 ? share + moved / whole : share)) }
    }

    /// One tick's term: by place what it moves of y, and what it moves of w.
    private typealias Term = (places: [(place: Int, value: Double)], weight: Double)

    private func differences(_ onTop: Charge) -> [Difference] {
        let terms = terms(onTop.onlyPlaces, count: onTop.placeCount)
        let weights = terms.reduce(0) { $0 + $1.weight }
        let squaredWeights = terms.reduce(0) { $0 + $1.weight * $1.weight }
        var differences = series.sums(onTop).map {
            Difference(sums: $0, share: $0.share(of: totals) ?? 0, whole: totals.w + weights)
        }
        for at in differences.indices {
            differences[at].moved -= differences[at].share * weights
            differences[at].squares += differences[at].share * differences[at].share * squaredWeights
        }
        for term in terms {
            for (place, value) in term.places {
                differences[place].moved += value
                differences[place].squares += value * value - 2 * differences[place].share * value * term.weight
            }
        }
        return differences
    }

    private func terms(_ placeOfStack: [Int32], count: Int) -> [Term] {
        var current = SparseValues(count: count)
        return series.ticks.indices.dropFirst().dropLast().map { at in
            let (before, tick, after) = (series.ticks[at - 1], series.ticks[at], series.ticks[at + 1])
            // Where a process begins or ends there is no neighbour on one side.
            guard before.process == after.process else { return ([], 0) }
            let lost = isFilled ? 0 : Double(tick.number &- before.number &- 1)
            let delay = delay(tick, behind: before)
            let parts =
                schedule == .poisson
                ? [(before, (delay + lost) / 2), (tick, (delay + lost) / 2)]
                : [(before, (delay + lost) / 2), (tick, lost / 2), (after, -delay / 2)]
            var weight = 0.0
            for (tick, part) in parts where part != 0 {
                weight += part * tick.seen
                for row in series.rows[tick.rows] where placeOfStack[row.stack] >= 0 {
                    current.add(part * row.seen, at: Int(placeOfStack[row.stack]))
                }
            }
            return (current.drained(), weight)
        }
    }

    /// δ: how many intervals later than it should on average the tick came, or, of independent gaps, its gap was.
    private func delay(_ tick: TickSeries.Tick, behind before: TickSeries.Tick) -> Double {
        let instant = Double(tick.instant ?? 0) / interval
        switch schedule {
        case .jittered: return instant - Double(tick.number) - 0.5
        case .periodic: return instant - Double(tick.number)
        case .poisson: return instant - Double(before.instant ?? 0) / interval - Double(tick.number &- before.number)
        }
    }

    /// Beyond what the instants' randomness explains, and beyond the share's own error.
    private func isBeyondError(_ difference: Difference, _ z: Double) -> Bool {
        let ownError = (ShareVariance.linearised(difference.sums, totals) ?? 0).squareRoot() * totals.w
        return abs(difference.moved)
            > max(z * max(0, difference.squares).squareRoot(), Quantile.normal(0.975) * ownError)
    }

    private func caveat(_ function: Function, _ difference: Difference) -> Caveat {
        let side = difference.moved > 0 ? "come late or not at all" : "come densest"
        return Caveat(
            code: "gap-weighting",
            text:
                "Ticks \(side) where \(function.qualname) runs: its share is \(Words.percent(difference.share, 1)), and would be "
                + "\(Words.percent(difference.gapWeighted, 1)) if each tick weighed half the gap to its neighbours.")
    }
}
