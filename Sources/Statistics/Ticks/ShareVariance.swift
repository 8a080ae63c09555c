/// The variance of the ratio Σy / Σw under each schedule, through its residuals eₖ = yₖ − p·wₖ.
///
/// A ratio is linear in its residuals to first order (W. G. Cochran, Sampling Techniques, 3rd ed.
/// 1977, equation 2.39), so that its variance is the variance of Σe over (Σw)².
public enum ShareVariance {
    /// Where ticks are independent, as Poisson ones are: Σ e² / (Σw)². With wₖ = 1 this is p(1 − p)/N.
    public static func linearised(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let p = sums.share(of: totals) else { return nil }
        let ee = sums.yy - 2 * p * sums.yw + p * p * totals.ww
        return max(0, ee) / (totals.w * totals.w)
    }

    /// Where every interval has one tick: collapsed strata, (N/M) Σ (eₖ − eₖ₊₁)² / 2 / (Σw)² over the
    /// M pairs of neighbours that were both taken. Where ticks were lost, N is what `TickTotals.strata` counts.
    ///
    /// The difference of two strata's chances enters squared, so it can be too large, but not too
    /// small, in expectation. Source: Cochran, section 5A.12. `nil` where there is no pair.
    public static func collapsedStrata(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let p = sums.share(of: totals), totals.pairs > 0 else { return nil }
        let dd = sums.dydy - 2 * p * sums.dydw + p * p * totals.dwdw
        return max(totals.ticks, totals.strata) / totals.pairs * max(0, dd) / 2 / (totals.w * totals.w)
    }

    /// The same with differences of order three: (N/M) Σ (D e)² / (Σw)² over the M windows of four
    /// neighbours that were all taken.
    ///
    /// In expectation not too small either, and closer where the chances change: a lone change of phase
    /// costs 0.29/(Σw)² where a pair charges it 1/2. `DifferenceSequence` shows why. `nil` where there is no window.
    public static func thirdDifferences(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        guard let p = sums.share(of: totals), totals.windows > 0 else { return nil }
        let dd = sums.d3yd3y - 2 * p * sums.d3yd3w + p * p * totals.d3wd3w
        return max(totals.ticks, totals.strata) / totals.windows * max(0, dd) / (totals.w * totals.w)
    }
}
