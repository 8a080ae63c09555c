/// How many ticks' variance a run's shares have, lost ticks included.
///
/// A tick that stands for φ intervals adds φ² times its own variance. An interval that no tick saw is estimated by its
/// neighbours, which adds the square of what it differs from them. In units of the variance that differences of
/// neighbours show, a gap of r ticks adds at most 3r²/2 where neighbours differ by chance, and 3r³/10 where the program
/// changes phase: a change falls into the gap with a probability that grows with r, and is then misplaced by a part of r.
/// Without loss the sum is the number of ticks.
struct LostStrata {
    private(set) var strata = 0.0
    private var last: Int?

    /// What comes next is of another process.
    mutating func beginProcess() { last = nil }

    /// - Parameters:
    ///   - number: the tick's place in the schedule, ascending.
    ///   - weight: φ.
    mutating func add(_ number: Int, weight: Double) {
        strata += weight * weight
        let lost = Double(last.map { number &- $0 &- 1 } ?? 0)
        if lost > 0 { strata += 1.5 * lost * lost + 0.3 * lost * lost * lost }
        last = number
    }
}
