import CGSL

/// The mean of one value a round, of which several things are asked: Student's one-sided test and interval.
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
