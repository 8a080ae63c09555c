import CGSL

/// A share with its interval.
public struct BoundedShare: Sendable, Equatable {
    public var value: Double
    public var bounds: Bounds

    public init(value: Double, bounds: Bounds) {
        self.value = value
        self.bounds = bounds
    }
}

/// The difference of two independent shares, with its 95 % interval and its p-value.
public struct ShareDifference: Sendable, Equatable {
    /// Second minus first.
    public var value: Double
    public var bounds: Bounds
    /// Probability of a difference at least as large, either way, where there is none in truth.
    public var p: Double
}

/// Whether two runs, each with its own sampling error, have different shares of one place.
public enum TwoShares {
    /// The difference, with an interval recovered from the two shares' own 95 % intervals [lᵢ, uᵢ].
    ///
    /// d − √((p₁ − u₁)² + (p₂ − l₂)²) to d + √((p₁ − l₁)² + (p₂ − u₂)²), d = p₂ − p₁: method 10 of
    /// R. G. Newcombe, *Statistics in Medicine* 17 (1998), 873–890, for Wilson's intervals, and G. Y. Zou &
    /// A. Donner, *Statistics in Medicine* 27 (2008), 1693–1702, for any. The p-value is the normal
    /// distribution's with a standard error of the arm that reaches to 0, over 1.96: so the interval leaves 0
    /// out exactly where p < 0.05. `nil` where a number is not finite or a share is not in its interval.
    public static func difference(_ first: BoundedShare, _ second: BoundedShare) -> ShareDifference? {
        guard first.isSound, second.isSound else { return nil }
        let value = second.value - first.value
        let down = hypotenuse(first.bounds.high - first.value, second.value - second.bounds.low)
        let up = hypotenuse(first.value - first.bounds.low, second.bounds.high - second.value)
        return ShareDifference(
            value: value, bounds: Bounds(low: value - down, high: value + up),
            p: twoSided(abs(value), reach: value > 0 ? down : up))
    }

    private static func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }

    private static func twoSided(_ distance: Double, reach: Double) -> Double {
        if distance == 0 { return 1 }
        if reach == 0 { return 0 }
        GSLErrors.areReturned
        return 2 * gsl_cdf_ugaussian_Q(Quantile.twoSidedNormal(0.95) * distance / reach)
    }
}

extension BoundedShare {
    fileprivate var isSound: Bool {
        value.isFinite && bounds.low.isFinite && bounds.high.isFinite && bounds.low <= value && value <= bounds.high
    }
}
