import CGSL
import Glibc

/// Quantiles: the value that a distribution stays below with probability `p`.
public enum Quantile {
    /// Of the standard normal distribution; infinite at `p` = 0 and 1.
    public static func normal(_ p: Double) -> Double {
        GSLErrors.areReturned
        return gsl_cdf_ugaussian_Pinv(p)
    }

    /// Of Student's t distribution.
    public static func student(_ p: Double, degreesOfFreedom: Double) -> Double {
        GSLErrors.areReturned
        return gsl_cdf_tdist_Pinv(p, degreesOfFreedom)
    }

    /// Of the beta distribution with shapes `a`, `b` > 0; to 14 digits, or within 2⁻²⁰⁰ of 0.
    ///
    /// By bisection of the distribution function: GSL's own inverse (`gsl_cdf_beta_Pinv`, GSL 2.7)
    /// gives NaN or does not return for shapes as common as a = 5,000, b = 5,000. Where a shape is 1 the distribution function
    /// is 1 − (1 − x)ᵇ or xᵃ, and is turned round itself: this is the bound of all that was never, or always, seen.
    public static func beta(_ p: Double, _ a: Double, _ b: Double) -> Double {
        if a == 1 { return -expm1(log1p(-p) / b) }
        if b == 1 { return exp(log(p) / a) }
        return bisected { IncompleteBeta.lower($0, a, b) < p }
    }

    /// Where between 0 and 1 `isBelow`, true up to there, ceases to hold; to 15 digits, or within 2⁻²⁰⁰ of 0.
    static func bisected(isBelow: (Double) -> Bool) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<200 where high - low > 1e-15 * high {
            let middle = (low + high) / 2
            if isBelow(middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// How many standard errors a two-sided interval reaches to either side: 1.96 for 0.95.
    public static func twoSidedNormal(_ confidence: Double) -> Double {
        normal((1 + confidence) / 2)
    }
}
