/// A ratio of means over pairs that were measured one after another, and how its interval was made.
public struct PairsEstimate: Sendable, Equatable {
    /// No interval under `Jackknife.fewestPairs`.
    public var ratio: RoundsEstimate
    public var blocks: PairBlocks
}

extension Jackknife {
    /// The fewest pairs that an interval is made from.
    public static let fewestPairs = PairBlocks.fewest

    /// The ratio of two means over pairs in the order in which they were measured, on the log scale.
    ///
    /// What disturbs a machine lasts longer than a pair, so neighbouring pairs are not independent. The jackknife leaves
    /// out a block of neighbours at a time (H. R. Künsch, Annals of Statistics 17, 1989, 1217–1241, section 2.3, with
    /// blocks that do not overlap); `PairBlocks` says how long they are. `nil` where either mean is not above 0.
    public static func ratio(
        ofPairs numerators: [Double], to denominators: [Double], confidence: Double = 0.95
    ) -> PairsEstimate? {
        precondition(numerators.count == denominators.count, "the times are paired")
        let whole = denominators.reduce(0, +)
        guard whole > 0, let blocks = PairBlocks(deviations(numerators, denominators, whole)),
            let ratio = ratio(blocks.sums(numerators), to: blocks.sums(denominators), confidence: confidence)
        else { return nil }
        let hasEnough = numerators.count >= fewestPairs
        return PairsEstimate(
            ratio: RoundsEstimate(value: ratio.value, bounds: hasEnough ? ratio.bounds : nil), blocks: blocks)
    }

    /// What each pair adds to the error of the ratio: y − θx, the terms of the linearised variance of a ratio (W. G. Cochran,
    /// Sampling Techniques, 3rd ed., 1977, eq. 2.39).
    private static func deviations(_ numerators: [Double], _ denominators: [Double], _ whole: Double) -> [Double] {
        let ratio = numerators.reduce(0, +) / whole
        return zip(numerators, denominators).map { $0 - ratio * $1 }
    }

    /// The ratio of two means that are not paired, of blocks in which each has a sum and a count, on the log scale.
    ///
    /// `nil` where either mean is not above 0.
    public static func ratio(
        ofMeans first: (sums: [Double], counts: [Double]), to second: (sums: [Double], counts: [Double]),
        confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let (a, b) = (leaveOneOut(first.sums, over: first.counts), leaveOneOut(second.sums, over: second.counts))
        precondition(a.without.count == b.without.count, "the means are of the same blocks")
        let ratios = Replicates(full: a.full / b.full, without: zip(a.without, b.without).map { $0 / $1 })
        guard ratios.full > 0, ratios.full.isFinite else { return nil }
        return estimate(ratios, on: .log, confidence)
    }

    /// A rate E[part] / E[whole] that may be below 0, on the plain scale; `nil` where the wholes are not above 0 together.
    public static func rate(
        _ parts: [Double], per wholes: [Double], confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let rates = leaveOneOut(parts, over: wholes)
        guard rates.full.isFinite else { return nil }
        return estimate(rates, on: .plain, confidence)
    }
}
