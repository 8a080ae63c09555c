/// Intervals for the share Σy / Σw of one place, by the schedule of the ticks.
///
/// Each finds the number n* of plain binomial trials that would have the same variance,
/// n* = p(1 − p)/V, and gives the interval recommended for n*. Where V must be estimated, and fewer than 10
/// ticks saw the place or anything else, it is itself too uncertain: the exact interval then.
///
/// **Lost ticks.** Their neighbours stand for them (`TickTotals.strata`), and are not quite like them: what loses a tick is a
/// place in the program. Of λ, the lost part of the whole, the place has ℓ from its own ticks. That half of both ℓ and
/// λ − ℓ may stand on the wrong side is taken for one standard deviation, s = (ℓ(1 − p) + (λ − ℓ)p)/2, and adds
/// s²/(p(1 − p)) to 1/n*. So an interval widens with every tick that is lost, at no threshold. Simulated with losses of
/// 0.3 to 20 % at random, in bursts, and in one place alone, whose phases last 5 or 50 intervals, it covers 97 to 100 %;
/// without s 56 to 99 %, and where lost ticks are left out 0 to 96 %. Losses of one place that comes and goes within an
/// interval leave no trace beside them: with 6 % of these it covers 32 to 83 %, and only the worst case holds.
public enum ShareInterval {
    /// For ticks at exponential gaps: independent whatever the program does. `nil` without weight.
    public static func poisson(_ sums: TickSums, _ totals: TickTotals, confidence: Double = 0.95) -> Bounds? {
        if isPlain(sums, totals) { return BinomialInterval.recommended(sums.y, of: totals.w, confidence: confidence) }
        guard let p = sums.share(of: totals), let n = independentTicks(p, sums, totals) else { return nil }
        let effective = n / (1 + lossVariance(p, sums, totals) * n)
        guard hasEnough(sums, totals) else { return exact(p, effective, totals, confidence) }
        return BinomialInterval.recommended(p * effective, of: effective, confidence: confidence)
    }

    /// s²/(p(1 − p)): what lost ticks add to 1/n*.
    static func lossVariance(_ p: Double, _ sums: TickSums, _ totals: TickTotals) -> Double {
        guard totals.lostPart > 0, p > 0, p < 1 else { return totals.lostPart * totals.lostPart / 4 }
        let own = sums.lost / totals.w
        let spread = (own * (1 - p) + max(0, totals.lostPart - own) * p) / 2
        return spread * spread / (p * (1 - p))
    }

    /// Whether each tick saw the place or did not, one stack at most: a binomial as it stands in books.
    private static func isPlain(_ sums: TickSums, _ totals: TickTotals) -> Bool {
        sums.yy == sums.y && totals.ww == totals.w
    }

    /// For one uniformly random tick in every interval: never worse than Poisson, and far better
    /// where the program's phases are long. n* is kept between Poisson's and 50 times that.
    ///
    /// The variance is estimated by differences of order three, and by those of pairs where fewer than half
    /// of the pairs stand in whole windows. It is itself uncertain: Student's t at its degrees of freedom
    /// replaces z (F. E. Satterthwaite, Biometrics Bulletin 2, 1946, 110–114).
    ///
    /// Simulated over phases of 0.1 to 50 intervals, lockstep and plain chance (shares 0.5 to 90 %, N = 1,000),
    /// its coverage follows Poisson's, at least 93 %, where the program changes within intervals, and is
    /// 97 to 99.9 % where it changes seldom. Phases of 50 intervals give 0.17 of Poisson's width, 0.22 by pairs.
    public static func jittered(_ sums: TickSums, _ totals: TickTotals, confidence: Double = 0.95) -> Bounds? {
        guard hasEnough(sums, totals) else { return poisson(sums, totals, confidence: confidence) }
        guard let p = sums.share(of: totals), let n = independentTicks(p, sums, totals) else { return nil }
        let stratified = stratifiedTicks(p, n, sums, totals, confidence)
        // The same to the last digit: p·n may round to the other side of where another interval is recommended.
        guard stratified > n else { return poisson(sums, totals, confidence: confidence) }
        let effective = stratified / (1 + lossVariance(p, sums, totals) * stratified)
        return BinomialInterval.recommended(p * effective, of: effective, confidence: confidence)
    }

    /// Ticks under which a variance says too little.
    private static let enoughTicks = 10.0
    /// Pairs, or windows, under which the differences say too little about the variance.
    private static let enoughPairs = 10.0
    /// How much better than Poisson one may believe: a place that never changes between neighbours
    /// has no variance to see, but its first and last tick are still uncertain.
    static let mostGain = 50.0

    /// n* of independent ticks; Kish's where the place was always or never seen, and V is 0.
    static func independentTicks(_ p: Double, _ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let variance = ShareVariance.linearised(sums, totals) else { return nil }
        let n = p * (1 - p) / variance
        return n.isFinite && n > 0 ? n : totals.effectiveTicks
    }

    private static func stratifiedTicks(
        _ p: Double, _ n: Double, _ sums: TickSums, _ totals: TickTotals, _ confidence: Double
    ) -> Double {
        guard let (variance, freedom) = stratifiedVariance(sums, totals) else { return n }
        let excess =
            Quantile.student((1 + confidence) / 2, degreesOfFreedom: freedom) / Quantile.twoSidedNormal(confidence)
        return min(max(p * (1 - p) / (variance * excess * excess), n), mostGain * n)
    }

    /// The variance and its degrees of freedom, from whichever differences there are enough of.
    static func stratifiedVariance(_ sums: TickSums, _ totals: TickTotals) -> (Double, Double)? {
        if totals.windows >= max(enoughPairs, totals.pairs / 2),
            let variance = ShareVariance.thirdDifferences(sums, totals)
        {
            return (variance, totals.windows / DifferenceSequence.windowsPerFreedom)
        }
        guard totals.pairs >= enoughPairs, let variance = ShareVariance.collapsedStrata(sums, totals) else {
            return nil
        }
        return (variance, totals.pairs / DifferenceSequence.pairsPerFreedom)
    }

    static func hasEnough(_ sums: TickSums, _ totals: TickTotals) -> Bool {
        min(sums.on, totals.ticks - sums.full) >= enoughTicks
    }

    /// With the smaller of both effective numbers: a heavy tick makes one of them too large.
    private static func exact(
        _ p: Double, _ n: Double, _ totals: TickTotals, _ confidence: Double
    ) -> Bounds? {
        let n = min(n, totals.effectiveTicks)
        return ClopperPearson.interval(p * n, of: n, confidence: confidence)
    }
}
