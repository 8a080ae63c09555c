import CGSL

/// The mean of one value a round, or the difference of two means, of which several things are asked: Student's one-sided and
/// two-sided tests and interval.
public struct StudentMean: Sendable, Equatable {
    public let value: Double
    public let standardError: Double
    private let degreesOfFreedom: Double

    /// `nil` under three rounds.
    public init?(_ values: [Double]) {
        guard values.count >= Jackknife.fewestRounds else { return nil }
        var sum = 0.0
        for value in values { sum += value }
        let mean = sum / Double(values.count)
        var squares = 0.0
        for value in values { squares += (value - mean) * (value - mean) }
        degreesOfFreedom = Double(values.count - 1)
        (value, standardError) = (mean, (squares / degreesOfFreedom / Double(values.count)).squareRoot())
    }

    /// The difference of two means of runs that are not paired, new minus old, with the degrees of freedom of B. L. Welch,
    /// *Biometrika* 34 (1947), 28–35.
    ///
    /// One of which there are fewer than three runs is taken to vary as the other does. `nil` where neither has three.
    public init?(_ new: [Double], minus old: [Double]) {
        guard !new.isEmpty, !old.isEmpty else { return nil }
        let (first, second) = (StudentMean(new), StudentMean(old))
        guard let known = first ?? second else { return nil }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        value = mean(new) - mean(old)
        if let first, let second {
            let parts = [first, second].map { ($0.standardError * $0.standardError, $0.degreesOfFreedom) }
            let variance = parts.reduce(0) { $0 + $1.0 }
            let spread = parts.reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
            standardError = variance.squareRoot()
            degreesOfFreedom =
                spread > 0 ? variance * variance / spread : first.degreesOfFreedom + second.degreesOfFreedom
        } else {
            let count = known.degreesOfFreedom + 1
            let runs = [new.count, old.count].reduce(0) { $0 + 1 / Double($1) }
            standardError = known.standardError * (count * runs).squareRoot()
            degreesOfFreedom = known.degreesOfFreedom
        }
    }

    /// A value whose standard error is known, and not told from how values scatter.
    public init(_ value: Double, standardError: Double) {
        (self.value, self.standardError) = (value, standardError)
        degreesOfFreedom = 1e6
    }

    /// The probability of a mean so far from 0, either way, were the true one 0; 0 or 1 where no round differs.
    public var p: Double {
        if value == 0 { return 1 }
        guard standardError > 0 else { return 0 }
        GSLErrors.areReturned
        return 2 * gsl_cdf_tdist_Q(abs(value) / standardError, degreesOfFreedom)
    }

    /// The probability of so great a mean, or a greater one, were the true one `edge`; 0 or 1 where no round differs.
    public func isAbove(_ edge: Double) -> Double {
        guard standardError > 0 else { return value > edge ? 0 : 1 }
        GSLErrors.areReturned
        return gsl_cdf_tdist_Q((value - edge) / standardError, degreesOfFreedom)
    }

    /// value ± t·s/√R, each end wrong with a probability of `error`.
    public func bounds(error: Double) -> Bounds {
        let reach = standardError * Quantile.student(1 - error, degreesOfFreedom: degreesOfFreedom)
        return Bounds(low: value - reach, high: value + reach)
    }
}
