import ProfileModel
import Statistics

/// Whether it matters that ticks came late or not at all: shares in which every tick weighs the gap
/// before it, against shares in which every tick weighs the same.
struct GapWeighting {
    /// How likely one false alarm over all functions may be.
    private static let level = 0.01
    private static let mostNamed = 3
    /// Ticks that must have seen a function before its difference is judged.
    private static let enough = 10.0

    let series: TickSeries
    let totals: TickTotals

    /// One caveat a function, greatest difference first; none where instants are not known.
    func caveats(_ functions: [Function], _ onTop: Occupancy) -> [Caveat] {
        guard let gaps = Gaps(series, totals) else { return [] }
        let differences = differences(onTop, gaps)
        let judged = Double(differences.count { $0.sums.on >= Self.enough })
        guard judged > 0 else { return [] }
        let z = Quantile.normal(1 - Self.level / judged / 2)
        return zip(functions, differences)
            .filter { $1.sums.on >= Self.enough && isBeyondError($1, gaps, z) }
            .sorted { abs($0.1.value(gaps)) > abs($1.1.value(gaps)) }
            .prefix(Self.mostNamed).map { caveat($0, $1, gaps) }
    }

    /// The gap before each tick, and what is the same for all functions.
    private struct Gaps {
        var before: [Double]
        /// Σ g·w
        var whole: Double
        /// aₖ² = (gₖ/Σgw − 1/Σw)²: what a tick's weight changes by, squared.
        var squaredChange: [Double]
        /// Σ a²w²
        var aaww = 0.0

        init?(_ series: TickSeries, _ totals: TickTotals) {
            let instants = series.ticks.compactMap { $0.instant.map(Double.init) }
            guard instants.count == series.ticks.count, instants.count > 1, totals.w > 0 else { return nil }
            before = zip(instants.dropFirst(), instants).map { max(0, $0 - $1) }
            // No tick was there before the first: it weighs what it would weigh without gaps.
            before.insert(before.reduce(0, +) / Double(before.count), at: 0)
            whole = zip(before, series.ticks).reduce(0) { $0 + $1.0 * $1.1.weight }
            guard whole > 0 else { return nil }
            let (wholeGaps, wholeWeight) = (whole, totals.w)
            squaredChange = before.map { ($0 / wholeGaps - 1 / wholeWeight) * ($0 / wholeGaps - 1 / wholeWeight) }
            for (change, tick) in zip(squaredChange, series.ticks) { aaww += change * tick.weight * tick.weight }
        }
    }

    /// For one function. With e = y − p·w the difference is Σ a·e, its variance about Σ a²e².
    private struct Difference {
        var sums = TickSums()
        var gy = 0.0
        var aayy = 0.0
        var aayw = 0.0
        var share = 0.0

        func gapWeighted(_ gaps: Gaps) -> Double { gy / gaps.whole }
        func value(_ gaps: Gaps) -> Double { gapWeighted(gaps) - share }
        func error(_ gaps: Gaps) -> Double {
            max(0, aayy - 2 * share * aayw + share * share * gaps.aaww).squareRoot()
        }
    }

    private func differences(_ onTop: Occupancy, _ gaps: Gaps) -> [Difference] {
        var differences = series.sums(onTop).map { Difference(sums: $0, share: $0.share(of: totals) ?? 0) }
        var y = [Double](repeating: 0, count: onTop.placeCount)
        for (tick, (gap, change)) in zip(series.ticks, zip(gaps.before, gaps.squaredChange)) {
            let places = series.rows[tick.rows].filter { onTop.head[$0.stack] != 0 }
                .map { (Int(onTop.place[$0.stack]), $0.weight) }
            for (place, weight) in places { y[place] += weight }
            for (place, _) in places where y[place] > 0 {
                differences[place].gy += gap * y[place]
                differences[place].aayy += change * y[place] * y[place]
                differences[place].aayw += change * y[place] * tick.weight
                y[place] = 0
            }
        }
        return differences
    }

    /// Beyond what the gaps' randomness explains, and beyond the share's own error.
    private func isBeyondError(_ difference: Difference, _ gaps: Gaps, _ z: Double) -> Bool {
        let ownError = (ShareVariance.linearised(difference.sums, totals) ?? 0).squareRoot()
        return abs(difference.value(gaps)) > max(z * difference.error(gaps), Quantile.normal(0.975) * ownError)
    }

    private func caveat(_ function: Function, _ difference: Difference, _ gaps: Gaps) -> Caveat {
        let side = difference.value(gaps) > 0 ? "come late or not at all" : "come densest"
        return Caveat(
            code: "gap-weighting",
            text: "Ticks \(side) where \(function.qualname) runs: its share is \(percent(difference.share)) by "
                + "count, \(percent(difference.gapWeighted(gaps))) where each tick weighs the gap before it.")
    }
}
