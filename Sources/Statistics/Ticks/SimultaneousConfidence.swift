/// The confidence of each interval where many are to hold at once.
public enum SimultaneousConfidence {
    /// 1 − (1 − confidence)/k: with this for each of `k` intervals, all of them hold with `confidence` at least.
    ///
    /// Bonferroni's inequality; no independence is needed. Source: O. J. Dunn, "Multiple comparisons
    /// among means", JASA 56 (1961), 52–64. Fewer than one interval is as one.
    public static func bonferroni(_ k: Int, confidence: Double = 0.95) -> Double {
        1 - (1 - confidence) / Double(max(1, k))
    }
}
