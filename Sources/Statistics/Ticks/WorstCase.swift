/// Bounds that hold whatever was lost.
public enum WorstCase {
    /// [x/(N + m), (x + m)/(N + m)]: none, or all, of the lost ticks were at the place. The estimate lies within,
    /// also where rounding puts a bound a last digit beyond it.
    ///
    /// - Parameters:
    ///   - seen: x/N, the place's share of the ticks that were taken.
    ///   - taken: N.
    ///   - lost: m, ticks that were due and gave nothing valid.
    ///   - estimate: the share that is printed beside the bounds.
    /// - Returns: `nil` where no tick was due.
    public static func bounds(seen: Double, taken: Double, lost: Double, around estimate: Double) -> Bounds? {
        let due = taken + lost
        guard due > 0 else { return nil }
        return Bounds(
            low: min(estimate, seen * taken / due),
            high: max(estimate, min(1, (seen * taken + lost) / due)))
    }
}
