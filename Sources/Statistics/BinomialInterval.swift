/// Which interval of a binomial proportion to use.
public enum BinomialInterval {
    /// Successes, and failures, from which on Wilson's approximation is good enough.
    public static let enough = 10.0

    /// Wilson's interval where `x` and `n − x` are at least 10, else Clopper and Pearson's.
    /// `nil` unless 0 ≤ x ≤ n and n > 0.
    public static func recommended(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        min(x, n - x) >= enough
            ? Wilson.interval(x, of: n, confidence: confidence)
            : ClopperPearson.interval(x, of: n, confidence: confidence)
    }
}
