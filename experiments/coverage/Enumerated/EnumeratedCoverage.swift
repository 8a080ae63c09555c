import Statistics

/// The exact coverage of the poisson interval at one N: Σ over the binomial of the counts whose interval
/// holds p.
///
/// Between two ends of intervals coverage is smooth, and jumps at them: so it is taken just below and
/// just above every end, and at a grid of p between.
struct EnumeratedCoverage {
    let ticks: Int
    private let intervals: [Bounds]

    init(ticks: Int) {
        self.ticks = ticks
        var made = PoissonIntervals(ticks: ticks)
        intervals = (0...ticks).map { made.interval($0) }
    }

    func coverage(at p: Double) -> Double {
        BinomialMass(trials: ticks, probability: p).all
            .reduce(0) { intervals[$1.count].covers(p) ? $0 + $1.mass : $0 }
    }

    /// The extremes over the p at which the rarer of on and off is expected in `range` of the ticks.
    func extremes(expected range: Range<Double>) -> Extremes? {
        var extremes: Extremes?
        for p in points where range.contains(Double(ticks) * min(p, 1 - p)) {
            let coverage = coverage(at: p)
            extremes = extremes?.adding(coverage, at: p) ?? Extremes(coverage, at: p)
        }
        return extremes
    }

    private static let gridPoints = 1000
    private static let beside = 1e-9

    private var points: [Double] {
        let grid = (1..<Self.gridPoints).map { Double($0) / Double(Self.gridPoints) }
        let sides = [1 - Self.beside, 1 + Self.beside]
        let ends: [Double] = intervals.flatMap { bounds in sides.flatMap { [bounds.low * $0, bounds.high * $0] } }
        return (grid + ends).filter { $0 > 0 && $0 < 1 }
    }
}

/// The lowest and the highest coverage, and where they are.
struct Extremes: Sendable, Equatable {
    var points = 1
    var lowest: Double
    var lowestAt: Double
    var highest: Double
    var highestAt: Double

    init(_ coverage: Double, at p: Double) {
        (lowest, lowestAt, highest, highestAt) = (coverage, p, coverage, p)
    }

    func adding(_ coverage: Double, at p: Double) -> Extremes {
        var all = self
        all.points += 1
        if coverage < lowest { (all.lowest, all.lowestAt) = (coverage, p) }
        if coverage > highest { (all.highest, all.highestAt) = (coverage, p) }
        return all
    }
}
