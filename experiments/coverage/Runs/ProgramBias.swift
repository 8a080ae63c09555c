import Measuring
import Statistics

/// The mean error of a program's function that is furthest off, over the runs of one cell.
struct ProgramBias {
    let workload: String
    let function: String
    /// The mean of share − truth.
    let error: Double
    let bounds: Bounds?
    /// Whether every function's mean error is at most half a point, or no more than chance makes it.
    let isAllowed: Bool

    private static let most = 0.005
    private static let standardErrors = 2.0

    /// `nil` where there is no run.
    init?(_ cell: StoredCell) {
        let errors = Dictionary(grouping: cell.runs.flatMap(\.shares), by: \.function)
            .compactMapValues { Jackknife.mean($0.map { $0.share - $0.truth }) }
        guard let worst = errors.max(by: { (Self.excess($0.value), $0.key) < (Self.excess($1.value), $1.key) }) else {
            return nil
        }
        workload = cell.workload
        function = worst.key
        error = worst.value.value
        bounds = worst.value.bounds
        isAllowed = errors.values.allSatisfy { abs($0.value) <= Self.most || Self.isChance($0, runs: cell.runs.count) }
    }

    var text: String { "\(workload)'s \(function) \(Words.decimals(100 * error, 2)) \(Words.percent(bounds, 2))" }

    /// How far the error is from 0 beyond what its interval allows for.
    private static func excess(_ error: RoundsEstimate) -> Double {
        abs(error.value) - (error.bounds.map { $0.width / 2 } ?? 0)
    }

    /// The interval's half-width is t standard errors.
    private static func isChance(_ error: RoundsEstimate, runs: Int) -> Bool {
        guard let bounds = error.bounds else { return true }
        let t = Quantile.student(0.975, degreesOfFreedom: Double(runs - 1))
        return abs(error.value) <= standardErrors * bounds.width / 2 / t
    }
}
