/// The exact interval of a binomial proportion that wastes least where few counts are possible.
public enum Blaker {
    /// The proportions at which counts as unlikely as `x`, in either tail, have together at least 1 − `confidence`.
    ///
    /// At p the acceptability of x is its own tail P(X ≥ x) and the largest tail P(X ≤ k) that is not larger.
    /// Never wider than Clopper and Pearson's, which gives each tail half, and nested in the confidence.
    /// Source: H. Blaker, "Confidence curves and improved exact confidence intervals for discrete distributions",
    /// Canadian Journal of Statistics 28 (2000), 783–798, theorem 1. `nil` unless `x` and `n` are whole,
    /// 0 ≤ x ≤ n and n > 0.
    public static func interval(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        guard isCount(x, of: n), x == x.rounded(), n == n.rounded() else { return nil }
        return Bounds(low: lowEnd(x, n, 1 - confidence), high: 1 - lowEnd(n - x, n, 1 - confidence), method: .blaker)
    }

    /// For each k the acceptability falls and then rises with p, and it leaps where the next k takes over.
    private static func lowEnd(_ x: Double, _ n: Double, _ least: Double) -> Double {
        var start = 0.0
        for k in stride(from: -1, to: x, by: 1) {
            let next = Quantile.bisected { atLeast(x, n, $0) < atMost(k + 1, n, $0) }
            if atLeast(x, n, start) + atMost(k, n, start) >= least { return start }
            if atLeast(x, n, next) + atMost(k, n, next) >= least {
                return Quantile.bisected { $0 < start || atLeast(x, n, $0) + atMost(k, n, $0) < least }
            }
            start = next
        }
        return start
    }

    private static func atLeast(_ x: Double, _ n: Double, _ p: Double) -> Double {
        x > 0 ? IncompleteBeta.lower(p, x, n - x + 1) : 1
    }

    private static func atMost(_ k: Double, _ n: Double, _ p: Double) -> Double {
        k < 0 ? 0 : 1 - atLeast(k + 1, n, p)
    }
}
