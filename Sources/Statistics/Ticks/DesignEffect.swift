/// How much better or worse the ticks of a schedule are than independent draws: d = V / (p(1 − p)/N) = N/n*.
///
/// Source: L. Kish, Survey Sampling (1965), section 8.2. `nil` without weight. Where a place was always
/// or never seen, d is that of the weights alone: then no variance shows what else there is.
public enum DesignEffect {
    /// Of independent ticks: 1 where all have one weight on one place.
    public static func poisson(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let p = sums.share(of: totals), let n = ShareInterval.independentTicks(p, sums, totals), n > 0 else {
            return nil
        }
        return totals.ticks * (1 / n + ShareInterval.lossVariance(p, sums, totals))
    }

    /// Of one random tick in every interval: between Poisson's and a fiftieth of that, as for its interval.
    public static func jittered(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let poisson = poisson(sums, totals), let p = sums.share(of: totals) else { return nil }
        guard ShareInterval.hasEnough(sums, totals), let n = ShareInterval.independentTicks(p, sums, totals),
            let (variance, _) = ShareInterval.stratifiedVariance(sums, totals)
        else { return poisson }
        let stratified = p * (1 - p) / variance
        guard stratified.isFinite else { return poisson }
        let effective = min(max(stratified, n), ShareInterval.mostGain * n)
        return totals.ticks * (1 / effective + ShareInterval.lossVariance(p, sums, totals))
    }
}
