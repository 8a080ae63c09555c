import CGSL

/// Quantiles of the distributions that intervals are made with.
public enum Quantile {
    /// The standard normal quantile at probability `p`.
    public static func normal(_ p: Double) -> Double { gsl_cdf_ugaussian_Pinv(p) }

    /// Student's t quantile at probability `p`.
    public static func student(_ p: Double, degreesOfFreedom: Double) -> Double {
        gsl_cdf_tdist_Pinv(p, degreesOfFreedom)
    }
}
