/// The nearly exact interval of a binomial proportion: neither as wide as the exact one, nor as close to
/// the normal as Wilson's.
public enum MidP {
    /// The proportions that neither one-sided test rejects where what was seen counts half, given `x`
    /// successes in `n` trials: low where ½P(X = x) + P(X > x) is the tail, high where ½P(X = x) + P(X < x) is.
    ///
    /// By the incomplete beta function P(X ≥ x) = I_p(x, n − x + 1), so that `x` and `n` may be fractional.
    /// Source: G. Berry and P. Armitage, "Mid-P confidence intervals: a brief review", The Statistician 44
    /// (1995), 417–423. `nil` unless 0 ≤ x ≤ n and n > 0.
    public static func interval(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        guard isCount(x, of: n) else { return nil }
        let tail = (1 - confidence) / 2
        return Bounds(low: lowEnd(x, n, tail), high: 1 - lowEnd(n - x, n, tail), method: .midP)
    }

    private static func lowEnd(_ x: Double, _ n: Double, _ tail: Double) -> Double {
        guard x > 0 else { return 0 }
        return Quantile.bisected { p in
            let atLeast = IncompleteBeta.lower(p, x, n - x + 1)
            let more = x < n ? IncompleteBeta.lower(p, x + 1, n - x) : 0
            return (atLeast + more) / 2 < tail
        }
    }
}
