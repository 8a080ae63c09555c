/// Which interval of a binomial proportion to use.
///
/// Enumerated over all p, its coverage at 95 % is at least 93 % for every N, and where at least 10 successes and
/// failures are expected at most 97 % from N = 44 on; 97.2 % below, but for 97.4 % at N = 21.
public enum BinomialInterval {
    /// Whose interval it is.
    public enum Method: String, Sendable, CaseIterable {
        case wilson = "Wilson"
        case midP = "mid-p"
        case blaker = "Blaker"
        case clopperPearson = "Clopper–Pearson"
    }

    /// Successes, and failures, from which on what is seen may count half. From 6 on the coverage reaches 97.5 %
    /// at N = 52; from 4 on it falls to 93.1 % at N = 300.
    public static let enoughForMidP = 5.0

    /// Trials from which on it may: with 33 the coverage falls to 92.95 %, with 26 to 92.8 %. With fewer, Clopper
    /// and Pearson's covers up to 98.3 %, Blaker's no more than is said above.
    public static let leastTrialsForMidP = 34.0

    /// Successes, and failures, from which on Wilson's approximation is as good, and far quicker. From 20 on the
    /// coverage falls to 92.7 % at N = 150, from 10 on to 92.5 %.
    public static let enoughForWilson = 30.0

    /// Up to which confidence it is. Further out its tails are too light: at 99.9 %, as each of 50
    /// simultaneous intervals needs, it misses up to three times as often as it may, as enumerated.
    public static let mostConfidence = 0.95

    /// Wilson's interval where `x` and `n − x` are at least 30; the mid-p interval where they are at least 5, of
    /// at least 34 trials; Blaker's of fewer trials, where both are whole; else, and above a confidence of 95 %,
    /// Clopper and Pearson's. `nil` unless 0 ≤ x ≤ n and n > 0.
    ///
    /// Source of the method: L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a
    /// binomial proportion", Statistical Science 16 (2001), 101–133.
    public static func recommended(_ x: Double, of n: Double, confidence: Double = 0.95) -> Bounds? {
        let rarer = confidence <= mostConfidence ? min(x, n - x) : 0
        if rarer >= enoughForWilson { return Wilson.interval(x, of: n, confidence: confidence) }
        if rarer >= enoughForMidP, n >= leastTrialsForMidP { return MidP.interval(x, of: n, confidence: confidence) }
        let isSmall = confidence <= mostConfidence && n < leastTrialsForMidP
        return (isSmall ? Blaker.interval(x, of: n, confidence: confidence) : nil)
            ?? ClopperPearson.interval(x, of: n, confidence: confidence)
    }
}
