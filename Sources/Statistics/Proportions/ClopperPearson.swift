/// The exact interval of a binomial proportion.
public enum ClopperPearson {
    /// The proportions that neither exact one-sided test rejects, given `x` successes in `n` trials:
    /// quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x), so that `x` and `n` may be fractional.
    ///
    /// Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
    /// illustrated in the case of the binomial", Biometrika 26 (1934), 404–413.
    /// `nil` unless 0 ≤ x ≤ n and n > 0.
    public static func interval(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        guard isCount(x, of: n) else { return nil }
        let tail = (1 - confidence) / 2
        return Bounds(
            low: x > 0 ? Quantile.beta(tail, x, n - x + 1) : 0,
            high: x < n ? Quantile.beta(1 - tail, x + 1, n - x) : 1, method: .clopperPearson)
    }
}
