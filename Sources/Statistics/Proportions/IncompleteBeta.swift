import CGSL
import Glibc

/// The regularised incomplete beta function Iₓ(a, b), the distribution function of the beta distribution.
enum IncompleteBeta {
    /// For 0 ≤ x ≤ 1 and `a`, `b` > 0, to about 10 digits where both are in the millions, else to 14.
    ///
    /// GSL's (2.7) gives NaN where its continued fraction has not settled after 512 steps, as it has not
    /// where both shapes are in the millions; there the same fraction is taken as far as it needs.
    static func lower(_ x: Double, _ a: Double, _ b: Double) -> Double {
        GSLErrors.areReturned
        let value = gsl_cdf_beta_P(x, a, b)
        guard value.isNaN, 0 < x, x < 1, a.isFinite, b.isFinite else { return value }
        return x < (a + 1) / (a + b + 2)
            ? power(x, a, b) * fraction(x, a, b) / a : 1 - power(x, a, b) * fraction(1 - x, b, a) / b
    }

    /// xᵃ(1 − x)ᵇ/B(a, b) by Stirling's series, arranged about the mean a/(a + b) so that what is large cancels on
    /// paper: C. Loader, "Fast and accurate computation of binomial probabilities" (2000); DLMF, eq. 5.11.1.
    private static func power(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let whole = a + b
        let off = x - a / whole
        let exponent = a * log1p(off * whole / a) + b * log1p(-off * whole / b)
        let series = 1 / (12 * whole) - 1 / (12 * a) - 1 / (12 * b)
        return exp(exponent + series) * (a / whole * b / (2 * .pi)).squareRoot()
    }

    /// By the method of Lentz and Thompson; NIST Digital Library of Mathematical Functions, eq. 8.17.22.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        var (c, d) = (1.0, 1 / (1 - (a + b) * x / (a + 1)))
        var value = d
        for m in stride(from: 1.0, to: 1e6, by: 1) {
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / (1 + even * d)
            c = 1 + even / c
            value *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / (1 + odd * d)
            c = 1 + odd / c
            value *= c * d
            if abs(c * d - 1) < 1e-15 { break }
        }
        return value
    }
}
