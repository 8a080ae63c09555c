/// Which interval of a binomial proportion to use.
public enum BinomialInterval {
    /// Successes, and failures, from which on Wilson's approximation is good enough.
    ///
    /// With 15 the coverage, enumerated over all p for N from 50 on, is 93 to 97 % where at least 10
    /// of either are expected, and at least 93 % below. With 10, as often advised, it falls to 92.5 %
    /// below, at N from 62 to 150. Under 50 trials it is at least 93 %, too, but up to 98 %.
    public static let enough = 15.0

    /// Up to which confidence it is. Further out its tails are too light: at 99.9 %, as each of 50
    /// simultaneous intervals needs, it misses up to three times as often as it may, as enumerated.
    public static let mostConfidence = 0.95

    /// Wilson's interval where `x` and `n − x` are at least 15 and the confidence at most 95 %, else
    /// Clopper and Pearson's. `nil` unless 0 ≤ x ≤ n and n > 0.
    ///
    /// Source of the method: L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a
    /// binomial proportion", Statistical Science 16 (2001), 101–133.
    public static func recommended(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        min(x, n - x) >= enough && confidence <= mostConfidence
            ? Wilson.interval(x, of: n, confidence: confidence)
            : ClopperPearson.interval(x, of: n, confidence: confidence)
    }
}
