import CGSL

/// What makes a share differ from run to run: the runs themselves, or that each was only sampled.
public struct VarianceComponents: Sendable, Equatable {
    /// The mean share over the runs.
    public var mean: Double
    /// Variance of the true share from one run to the next, at least 0.
    public var betweenRuns: Double
    /// Mean variance of a run's estimated share about that run's true share.
    public var withinRuns: Double
    /// Whether the runs differed less than their sampling alone lets expect, so that `betweenRuns` was
    /// raised to 0: it is then too small to be told from none.
    public var isClipped: Bool

    /// From one estimated share a run and the variance that each has about its run's own.
    ///
    /// Method of moments: the variance s² of the R estimates has expectation σ²_between + mean of the
    /// variances within. Source: S. R. Searle, G. Casella and C. E. McCulloch, Variance Components (1992),
    /// section 3.5; with known variances within, W. G. Cochran, Biometrics 10 (1954), section 3.
    /// `nil` under three runs, and where a number is not finite or a variance below 0.
    public init?(shares: [Double], variancesWithin: [Double]) {
        precondition(shares.count == variancesWithin.count, "there is one variance a run")
        guard shares.count >= Jackknife.fewestRounds, shares.allSatisfy(\.isFinite),
            variancesWithin.allSatisfy({ $0.isFinite && $0 >= 0 })
        else { return nil }
        mean = gsl_stats_mean(shares, 1, shares.count)
        withinRuns = gsl_stats_mean(variancesWithin, 1, shares.count)
        let excess = gsl_stats_variance_m(shares, 1, shares.count, mean) - withinRuns
        betweenRuns = max(0, excess)
        isClipped = excess < 0
    }
}
