/// What chance alone does to the total variation of two single runs of one timeline.
///
/// Were both runs drawn from one timeline, their shares would differ by the deviations of each alone.
/// These are drawn, without knowing the timeline, from what in each run could as well have fallen the other
/// way (`SamplingNoise`): the wild bootstrap of C. F. J. Wu, *Ann. Statist.* 14 (1986), 1261–1295, section
/// 7, with signs as weights. For independent ticks of one stack it is the same as dealing both runs' ticks
/// out anew. p is that of Phipson & Smyth (2010), as in `Permutation`.
public enum TimelineNull {
    static let draws = 999

    /// The mean of the total variation under chance, and the probability of one at least as large as that
    /// of the two runs' shares. `nil` where a run has no weight.
    public static func totalVariation(_ a: SamplingNoise, _ b: SamplingNoise, seed: UInt) -> NullDistribution? {
        guard a.whole > 0, b.whole > 0, (a.whole + b.whole).isFinite else { return nil }
        let observed = TotalVariation.between(a.shares, b.shares)
        let random = RandomSource(seed: seed)
        var sum = 0.0
        var atLeast = 1
        let draws = min(a.affordable(Self.draws), b.affordable(Self.draws))
        for _ in 0..<draws {
            let drawn = TotalVariation.between(random.deviations(a), random.deviations(b))
            sum += drawn
            // Equal sums in another order may differ in their last bits.
            if drawn >= observed - 1e-12 { atLeast += 1 }
        }
        return NullDistribution(mean: sum / Double(draws), p: Double(atLeast) / Double(draws + 1))
    }
}
