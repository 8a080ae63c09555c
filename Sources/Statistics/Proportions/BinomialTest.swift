import CGSL

/// Exact one-sided tests of a binomial proportion against an edge.
///
/// Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404–413. 1 where a count or the edge is impossible.
public enum BinomialTest {
    /// Probability of `x` or fewer successes in `n` trials were the proportion the edge: small where it is below.
    public static func isBelow(_ edge: Double, _ x: Int, of n: Int) -> Double {
        guard isPossible(edge, x, n) else { return 1 }
        return x < n ? atMost(x, of: n, edge) : 1
    }

    /// Probability of `x` or more successes in `n` trials were the proportion the edge: small where it is above.
    public static func isAbove(_ edge: Double, _ x: Int, of n: Int) -> Double {
        guard isPossible(edge, x, n) else { return 1 }
        return x > 0 ? atLeast(x, of: n, edge) : 1
    }

    private static func isPossible(_ edge: Double, _ x: Int, _ n: Int) -> Bool {
        (0...1).contains(edge) && x >= 0 && x <= n && n <= Int(UInt32.max)
    }

    /// GSL counts in 32 bits, and gives NaN in the millions; the beta distribution's function is the same.
    private static func atMost(_ x: Int, of n: Int, _ edge: Double) -> Double {
        GSLErrors.areReturned
        let p = gsl_cdf_binomial_P(UInt32(x), edge, UInt32(n))
        return p.isNaN ? IncompleteBeta.lower(1 - edge, Double(n - x), Double(x + 1)) : p
    }

    private static func atLeast(_ x: Int, of n: Int, _ edge: Double) -> Double {
        GSLErrors.areReturned
        let p = gsl_cdf_binomial_Q(UInt32(x - 1), edge, UInt32(n))
        return p.isNaN ? IncompleteBeta.lower(edge, Double(x), Double(n - x + 1)) : p
    }
}
