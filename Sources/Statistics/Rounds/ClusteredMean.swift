import CGSL

/// The mean over runs whose own values are not independent of each other.
public enum ClusteredMean {
    /// The mean of one value a run, with Student's t interval at R − 1 degrees of freedom.
    ///
    /// Whatever the values within a run have in common is then within one unit. Source: W. G. Cochran,
    /// Sampling Techniques, 3rd ed. (1977), section 9A.2, with clusters of equal size. No interval under
    /// three runs; `nil` where there is no run or a value is not finite.
    public static func of(_ runMeans: [Double], confidence: Double = 0.95) -> RoundsEstimate? {
        guard !runMeans.isEmpty, runMeans.allSatisfy(\.isFinite) else { return nil }
        let mean = gsl_stats_mean(runMeans, 1, runMeans.count)
        guard runMeans.count >= Jackknife.fewestRounds else { return RoundsEstimate(value: mean, bounds: nil) }
        let runs = Double(runMeans.count)
        let error = gsl_stats_sd_m(runMeans, 1, runMeans.count, mean) / runs.squareRoot()
        let reach = error * Quantile.student((1 + confidence) / 2, degreesOfFreedom: runs - 1)
        return RoundsEstimate(value: mean, bounds: Bounds(low: mean - reach, high: mean + reach))
    }
}
