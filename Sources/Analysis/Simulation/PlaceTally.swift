import Statistics

/// What many replays say of one share, added up.
public struct PlaceTally: Sendable {
    private var replays = 0.0
    private var sum = 0.0
    private var error = 0.0
    private var squaredError = 0.0
    private var intervals = 0
    private var covered = 0
    private var width = 0.0

    public init() {}

    public mutating func add(_ estimate: Estimate, truth: Double) {
        guard let share = estimate.share else { return }
        replays += 1
        sum += share
        error += share - truth
        squaredError += (share - truth) * (share - truth)
        guard let low = estimate.low, let high = estimate.high else { return }
        intervals += 1
        // A bound may be the truth but for its last digit.
        covered += low - Self.rounding <= truth && truth <= high + Self.rounding ? 1 : 0
        width += high - low
    }

    private static let rounding = 1e-12

    public mutating func add(_ other: PlaceTally) {
        replays += other.replays
        sum += other.sum
        error += other.error
        squaredError += other.squaredError
        intervals += other.intervals
        covered += other.covered
        width += other.width
    }

    /// - Parameter truth: the true share.
    public func finding(truth: Double) -> SimulatedShare {
        SimulatedShare(
            truth: truth, mean: replays > 0 ? sum / replays : nil, bias: bias, coverage: coverage,
            width: intervals > 0 ? width / Double(intervals) : nil,
            error: replays > 0 ? (squaredError / replays).squareRoot() : nil)
    }

    /// The mean error, with Student's interval.
    private var bias: BoundedFigure? {
        guard replays > 0 else { return nil }
        let mean = error / replays
        guard replays > 1 else { return BoundedFigure(value: mean) }
        let variance = max(0, squaredError / replays - mean * mean) / (replays - 1)
        let reach = Quantile.student(0.975, degreesOfFreedom: replays - 1) * variance.squareRoot()
        return BoundedFigure(value: mean, low: mean - reach, high: mean + reach)
    }

    private var coverage: BoundedFigure? {
        guard intervals > 0 else { return nil }
        let bounds = ClopperPearson.interval(Double(covered), of: Double(intervals))
        return BoundedFigure(value: Double(covered) / Double(intervals), low: bounds?.low, high: bounds?.high)
    }
}
