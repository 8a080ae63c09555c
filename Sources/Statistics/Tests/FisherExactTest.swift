import CGSL

/// Whether two sets of ticks see a place equally often.
public enum FisherExactTest {
    /// The probability, were both equally likely to be successes, of a split at least as lopsided:
    /// twice the smaller tail of the hypergeometric distribution, at most 1.
    ///
    /// Source: R. A. Fisher, Statistical Methods for Research Workers, 5th ed. (1934), section 21.02;
    /// doubled as A. Agresti, Categorical Data Analysis, section 3.5.3. 1 where a count is impossible.
    public static func p(_ x1: Int, of n1: Int, _ x2: Int, of n2: Int) -> Double {
        guard (0...max(0, n1)).contains(x1), (0...max(0, n2)).contains(x2), n1 > 0, n2 > 0 else { return 1 }
        // The tail that leads away from the mean, counted in successes of the first set or the second.
        return x1 * n2 >= x2 * n1
            ? min(1, 2 * upperTail(x1, n1, x1 + x2, n2)) : min(1, 2 * upperTail(x2, n2, x1 + x2, n1))
    }

    /// Probability of `x` or more of `drawn` successes falling among `n` rather than `others`.
    ///
    /// Summed outward from x by the ratio of neighbouring terms, which only shrink beyond the mean:
    /// as many steps as matter, where GSL's cumulative function takes one for every success.
    private static func upperTail(_ x: Int, _ n: Int, _ drawn: Int, _ others: Int) -> Double {
        GSLErrors.areReturned
        var term = gsl_ran_hypergeometric_pdf(
            UInt32(clamping: x), UInt32(clamping: n), UInt32(clamping: others), UInt32(clamping: drawn))
        var sum = term
        for k in x..<min(n, drawn) where term > sum * 1e-17 {
            term *= Double(drawn - k) * Double(n - k) / (Double(k + 1) * Double(others - drawn + k + 1))
            sum += term
        }
        return sum
    }
}
