/// How much better or worse the ticks of a schedule are than independent draws: d = V / (p(1 − p)/N).
///
/// Source: L. Kish, Survey Sampling (1965), section 8.2. `nil` without weight. Where a place was always
/// or never seen, d is that of the weights alone, N·Σw²/(Σw)²: then no variance shows what else there is.
public enum DesignEffect {
    /// Of independent ticks: 1 where all have one weight on one place.
    public static func poisson(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let p = sums.share(of: totals), let variance = ShareVariance.linearised(sums, totals),
            totals.effectiveTicks > 0
        else { return nil }
        let effect = variance / (p * (1 - p) / totals.ticks)
        return effect.isFinite && effect > 0 ? effect : totals.ticks / totals.effectiveTicks
    }

    /// Of one random tick in every interval: between Poisson's and a fiftieth of that, as for its interval.
    public static func jittered(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let poisson = poisson(sums, totals) else { return nil }
        guard min(sums.on, totals.ticks - sums.full) >= BinomialInterval.enough, totals.pairs >= enoughPairs,
            let p = sums.share(of: totals), let variance = ShareVariance.collapsedStrata(sums, totals)
        else { return poisson }
        let effect = variance / (p * (1 - p) / totals.ticks)
        return effect.isFinite ? min(max(effect, poisson / mostGain), poisson) : poisson
    }

    private static let enoughPairs = 10.0
    private static let mostGain = 50.0
}
