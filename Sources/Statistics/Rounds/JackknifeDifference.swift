import CGSL

/// A difference over rounds, with its interval and its p-value.
public struct RoundsDifference: Sendable, Equatable {
    public var value: Double
    public var bounds: Bounds
    /// Probability of a difference at least as large, either way, where there is none in truth.
    public var p: Double
}

extension Jackknife {
    /// The difference of two shares, second minus first, paired by round, on the plain scale.
    ///
    /// The p-value is of the t-test with the same standard error and degrees of freedom as the
    /// interval, so that the interval leaves 0 out exactly where p < 1 − confidence. Where no round differs
    /// from another, p is 0 or 1. `nil` under three rounds or where there is nothing to divide by.
    public static func difference(
        _ first: (parts: [Double], wholes: [Double]), _ second: (parts: [Double], wholes: [Double]),
        confidence: Double = 0.95
    ) -> RoundsDifference? {
        let a = leaveOneOut(first.parts, over: first.wholes)
        let b = leaveOneOut(second.parts, over: second.wholes)
        precondition(a.without.count == b.without.count, "the rounds are paired")
        let differences = Replicates(full: b.full - a.full, without: zip(b.without, a.without).map { $0 - $1 })
        guard let error = standardError(differences.without),
            let bounds = estimate(differences, on: .plain, confidence).bounds
        else { return nil }
        return RoundsDifference(
            value: differences.full, bounds: bounds,
            p: twoSided(differences.full, error: error, degreesOfFreedom: Double(a.without.count - 1)))
    }

    /// The difference of two shares of runs that are not paired, second minus first, on the plain scale.
    ///
    /// From the two jackknife variances, with Student's t at the degrees of freedom of B. L. Welch, *Biometrika*
    /// 34 (1947), 28–35. A design with fewer than three runs is taken to vary from run to run as the other one does:
    /// s²(1/R₁ + 1/R₂) with s² of the one that has enough. `nil` where neither has, or there is nothing to divide by.
    public static func independentDifference(
        _ first: (parts: [Double], wholes: [Double]), _ second: (parts: [Double], wholes: [Double]),
        confidence: Double = 0.95
    ) -> RoundsDifference? {
        let a = leaveOneOut(first.parts, over: first.wholes)
        let b = leaveOneOut(second.parts, over: second.wholes)
        let value = b.full - a.full
        guard value.isFinite, let (variance, freedom) = variance(a.without, b.without) else { return nil }
        let error = variance.squareRoot()
        let reach = error * Quantile.student((1 + confidence) / 2, degreesOfFreedom: freedom)
        return RoundsDifference(
            value: value, bounds: Bounds(low: value - reach, high: value + reach),
            p: twoSided(value, error: error, degreesOfFreedom: freedom))
    }

    /// Of the difference, with its degrees of freedom.
    private static func variance(_ a: [Double], _ b: [Double]) -> (Double, Double)? {
        let squares = [a, b].map { without in standardError(without).map { $0 * $0 } }
        let (first, second) = (Double(a.count), Double(b.count))
        switch (squares[0], squares[1]) {
        case (let own?, let other?):
            let sum = own + other
            let spread = own * own / (first - 1) + other * other / (second - 1)
            return (sum, spread > 0 ? sum * sum / spread : first + second - 2)
        case (let own?, nil): return (own * first * (1 / first + 1 / second), first - 1)
        case (nil, let other?): return (other * second * (1 / first + 1 / second), second - 1)
        case (nil, nil): return nil
        }
    }

    private static func twoSided(_ value: Double, error: Double, degreesOfFreedom: Double) -> Double {
        if value == 0 { return 1 }
        if error == 0 { return 0 }
        GSLErrors.areReturned
        return 2 * gsl_cdf_tdist_Q(abs(value) / error, degreesOfFreedom)
    }
}
