import CGSL
import Glibc

/// How far a sum may stray from what it should be, at any of all times at once: a boundary that is crossed with a chosen chance
/// at most, however often and whenever one looks.
///
/// S is a sum of differences from conditional means, V a sum of squares beside it, such that exp(λS − ψ(λ)V) is a
/// supermartingale for every 0 ≤ λ < 1, with ψ(λ) = −log(1 − λ) − λ ("sub-exponential with scale 1"). So is its mean over λ by any
/// density, and by Ville's inequality it ever reaches 1/α with chance α at most. The density is a gamma's in 1 − λ, cut off
/// at 1. Source: S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence
/// sequences", Annals of Statistics 49 (2021), 1055–1080: proposition 9 and its equation for the gamma-exponential mixture.
public enum GammaExponentialMixture {
    /// ρ: the boundary is tightest, for the usual chances, where V is about 16 times this.
    static let precision = 10.0

    /// The logarithm of the mean over λ: with A = s + v and r = ρ,
    /// r log r − log Γ(r)P(r, r) + A + log Γ(r + v)P(r + v, r + A) − (r + v) log(r + A).
    ///
    /// - Parameters:
    ///   - s: the sum; 0 or more.
    ///   - v: the sum of squares.
    public static func logMean(_ s: Double, _ v: Double) -> Double {
        let (shape, rate) = (precision + v, precision + s + v)
        return constant + s + v + logGamma(shape, upTo: rate) - shape * log(rate)
    }

    private static let constant = precision * log(precision) - logGamma(precision, upTo: precision)

    /// log Γ(a)P(a, x)
    private static func logGamma(_ a: Double, upTo x: Double) -> Double {
        GSLErrors.areReturned
        return gsl_sf_lngamma(a) + log(gsl_sf_gamma_inc_P(a, x))
    }

    /// The sum that is passed, at any time, with chance `error` at most, where the squares add up to `v`.
    public static func boundary(_ v: Double, error: Double) -> Double {
        let level = -log(error)
        var low = 0.0
        var high = (2 * (v + precision) * (level + 1)).squareRoot() + level
        while logMean(high, v) < level { (low, high) = (high, 2 * high) }
        return root(level, v, low, high)
    }

    /// Between two sums on either side, by the rule of false position as M. Dowell and P. Jarratt mend it (BIT 11, 1971, 168–174).
    private static func root(_ level: Double, _ v: Double, _ low: Double, _ high: Double) -> Double {
        var (low, high) = (low, high)
        var (below, above) = (logMean(low, v) - level, logMean(high, v) - level)
        var last = 0
        for _ in 0..<100 where high - low > 1e-10 * high {
            let middle = (low * above - high * below) / (above - below)
            let value = logMean(middle, v) - level
            if abs(value) < 1e-11 { return middle }
            if value < 0 {
                if last < 0 { above /= 2 }
                (low, below, last) = (middle, value, -1)
            } else {
                if last > 0 { below /= 2 }
                (high, above, last) = (middle, value, 1)
            }
        }
        return high
    }
}
