import CGSL

/// Whether the added time scatters about the model more than about itself.
public struct LackOfFit: Sendable, Equatable {
    /// Mean square of the lack of fit over that of pure error.
    public var f: Double
    public var degreesOfFreedom: Int
    public var degreesOfFreedomWithin: Int
    /// Probability of an F at least as large were the model right.
    public var p: Double

    /// Of rows alone, without all else that a regression gives; `nil` where they determine none.
    public init?(_ rows: [OverheadRegression.Row]) {
        guard let fit = OverheadRegression.regression(rows)?.weighted() else { return nil }
        self.init(rows, fit)
    }

    /// From rows that share all their predictors: they differ from their own mean by pure error alone.
    ///
    /// F = [(SS − SSₑ)/(m − p)] / [SSₑ/(n − m)] with m different sets of predictors: N. R. Draper and H. Smith,
    /// Applied Regression Analysis, 3rd ed. (1998), section 2.1. `nil` where that divides by 0.
    init?(_ rows: [OverheadRegression.Row], _ fit: RegressionFit) {
        let sets = Dictionary(grouping: rows, by: \.predictors)
        let error = sets.values.reduce(0) { $0 + Self.squares($1) }
        degreesOfFreedom = sets.count - fit.coefficients.count
        degreesOfFreedomWithin = rows.count - sets.count
        guard degreesOfFreedom > 0, degreesOfFreedomWithin > 0, error > 0 else { return nil }
        let lack = max(0, fit.squares - error) / Double(degreesOfFreedom)
        f = lack / (error / Double(degreesOfFreedomWithin))
        GSLErrors.areReturned
        p = gsl_cdf_fdist_Q(f, Double(degreesOfFreedom), Double(degreesOfFreedomWithin))
    }

    /// Σ weight · (added − weighted mean)²
    private static func squares(_ rows: [OverheadRegression.Row]) -> Double {
        let weight = rows.reduce(0) { $0 + $1.weight }
        let mean = rows.reduce(0) { $0 + $1.weight * $1.added } / weight
        return rows.reduce(0) { $0 + $1.weight * ($1.added - mean) * ($1.added - mean) }
    }
}
