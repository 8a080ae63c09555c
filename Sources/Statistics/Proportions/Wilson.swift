/// The score interval of a binomial proportion.
public enum Wilson {
    /// The proportions that a score test does not reject, given `x` successes in `n` trials.
    ///
    /// Either may be fractional: an effective number of trials rarely is whole.
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
    /// inference", JASA 22 (1927), 209–212. `nil` unless 0 ≤ x ≤ n and n > 0.
    public static func interval(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        guard isCount(x, of: n) else { return nil }
        let p = x / n
        let z = Quantile.twoSidedNormal(confidence)
        let shrink = 1 + z * z / n
        let centre = (p + z * z / (2 * n)) / shrink
        let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / shrink
        // At x = 0 and x = n the bound is exact on paper, and only rounding moves it past the estimate.
        return Bounds(low: min(p, max(0, centre - reach)), high: max(p, min(1, centre + reach)), method: .wilson)
    }
}

/// Whether `x` successes in `n` trials make sense.
func isCount(_ x: Double, of n: Double) -> Bool {
    n > 0 && n.isFinite && x >= 0 && x <= n
}
