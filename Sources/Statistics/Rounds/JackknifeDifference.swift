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
            p: twoSided(differences.full, error: error, degreesOfFreedom: a.without.count - 1))
    }

    private static func twoSided(_ value: Double, error: Double, degreesOfFreedom: Int) -> Double {
        if value == 0 { return 1 }
        if error == 0 { return 0 }
        GSLErrors.areReturned
        return 2 * gsl_cdf_tdist_Q(abs(value) / error, Double(degreesOfFreedom))
    }
}
