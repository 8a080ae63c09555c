import Glibc

/// What a share is, and how its samples and runs scatter.
public struct ShareScatter: Sendable, Equatable {
    /// p, between 0 and 1.
    public var share: Double
    /// deff: the variance of the samples over that of independent ones.
    public var designEffect: Double
    /// σ_run: the standard deviation of the share from run to run; 0 where the question is of one run.
    public var betweenRuns: Double

    public init(share: Double, designEffect: Double = 1, betweenRuns: Double = 0) {
        self.share = share
        self.designEffect = designEffect
        self.betweenRuns = betweenRuns
    }

    /// σ²_run/R + p(1 − p)·deff/(R·N): of the mean share of R runs of N samples each.
    public func variance(runs: Double, samplesPerRun: Double) -> Double {
        betweenRuns * betweenRuns / runs + share * (1 - share) * designEffect / (runs * samplesPerRun)
    }
}

/// How many samples and runs a share needs to be known to within an error.
public enum SampleSize {
    /// n = z²·p(1 − p)·deff/e² samples of one run, without variation between runs.
    ///
    /// Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), equation 4.1, times deff (Kish 1965, section
    /// 8.2). Never fewer than 1; `nil` unless 0 < p < 1, deff > 0 and e > 0.
    public static func samples(_ scatter: ShareScatter, error: Double, confidence: Double = 0.95) -> Double? {
        samplesPerRun(scatter, error: error, runs: 1, confidence: confidence, betweenRuns: 0)
    }

    /// The samples that each of so many runs needs: N from `ShareScatter.variance` = e²/z².
    ///
    /// `nil` where no number of samples is enough, for so few runs differ by more than the error.
    public static func samplesPerRun(
        _ scatter: ShareScatter, error: Double, runs: Int, confidence: Double = 0.95
    ) -> Double? {
        samplesPerRun(scatter, error: error, runs: runs, confidence: confidence, betweenRuns: scatter.betweenRuns)
    }

    /// The runs with which the variation between runs takes at most half of the variance allowed; at least 1.
    public static func runs(_ scatter: ShareScatter, error: Double, confidence: Double = 0.95) -> Int? {
        guard error > 0, scatter.betweenRuns >= 0 else { return nil }
        let ratio = Quantile.twoSidedNormal(confidence) * scatter.betweenRuns / error
        return Int(exactly: max(1, ceil(2 * ratio * ratio)))
    }

    private static func samplesPerRun(
        _ scatter: ShareScatter, error: Double, runs: Int, confidence: Double, betweenRuns: Double
    ) -> Double? {
        guard scatter.share > 0, scatter.share < 1, scatter.designEffect > 0, error > 0, runs > 0 else { return nil }
        let reach = error / Quantile.twoSidedNormal(confidence)
        let left = reach * reach * Double(runs) - betweenRuns * betweenRuns
        let samples = ceil(scatter.share * (1 - scatter.share) * scatter.designEffect / left)
        return left > 0 && samples.isFinite ? max(1, samples) : nil
    }
}
