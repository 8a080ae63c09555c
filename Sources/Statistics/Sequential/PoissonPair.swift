import CGSL
import Glibc

/// A confidence sequence for the share a/(a + b) of the expected counts of two Poisson processes that never jump together,
/// whose rates change over time in any way: such as ticks at exponential gaps that see a place, and all others.
///
/// For each θ, θ^N e^{−a(θ − 1)} is a martingale of mean 1, where a is what N is expected to be by then. So is its mean over a gamma
/// law of θ with shape and rate k, which is e^a k^k Γ(N + k)/(Γ(k)(k + a)^{N + k}), and so is the product of both processes'
/// means. By Ville's inequality it reaches 1/α at any time with chance α at most. The sequence holds every share for which some
/// a + b keeps it below: how many ticks were due is not used. Source: Howard et al. 2021, section 3 (conjugate mixtures; the
/// gamma-Poisson mixture of proposition 10) for one process; the product is one more mixture. Jumps of sizes in [0, 1] are
/// allowed, as θ^y is at most 1 + y(θ − 1).
public enum PoissonPair {
    /// k: the sequence is tightest, for the usual chances, where the lesser count is about 16 times this.
    static let precision = 10.0

    /// The logarithm of the product, at the a + b that makes it least.
    public static func logMean(_ share: Double, on x: Double, off y: Double) -> Double {
        let (k, other) = (precision, 1 - share)
        let whole = leastWhole(share, x, y)
        let constants = 2 * k * log(k) - 2 * logGamma(k) + logGamma(k + x) + logGamma(k + y)
        return constants + whole - (k + x) * log(k + share * whole) - (k + y) * log(k + other * whole)
    }

    /// Where its derivative by a + b is 0: the root of a quadratic that is not negative.
    private static func leastWhole(_ share: Double, _ x: Double, _ y: Double) -> Double {
        let (k, both) = (precision, share * (1 - share))
        let linear = k - both * (2 * k + x + y)
        let constant = -k * (x * share + y * (1 - share))
        let root = (linear * linear - 4 * both * constant).squareRoot()
        return linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (2 * both)
    }

    private static func logGamma(_ a: Double) -> Double {
        GSLErrors.areReturned
        return gsl_sf_lngamma(a)
    }

    /// The least share that the sequence holds.
    public static func low(on x: Double, off y: Double, error: Double) -> Double {
        guard x > 0 else { return 0 }
        let seen = x / (x + y)
        return seen * Quantile.bisected { logMean(seen * $0, on: x, off: y) > -log(error) }
    }

    /// The greatest.
    public static func high(on x: Double, off y: Double, error: Double) -> Double {
        1 - low(on: y, off: x, error: error)
    }
}
