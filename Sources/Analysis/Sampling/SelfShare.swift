import Statistics

/// A function's self share, and what follows from how its ticks scatter.
struct SelfShare {
    var estimate: Estimate
    /// The variance over that of independent ticks; `nil` where it is not known.
    var designEffect: Double?
    /// The smallest change between this run and another like it that would show, as a part of the whole.
    var detectable: Double?
}

extension ShareEstimator {
    /// Of every place, with intervals that hold for so many functions at once where any are valid.
    func selfShares(_ charge: Charge, functions: Int) -> [SelfShare] {
        guard let sampled = self as? SampledShares, sampled.method.isValid else {
            return estimates(charge).map { SelfShare(estimate: $0) }
        }
        return sampled.scattering(charge, confidence: SimultaneousConfidence.bonferroni(functions))
    }
}

extension SampledShares {
    fileprivate func scattering(_ charge: Charge, confidence: Double) -> [SelfShare] {
        zip(estimates(charge), series.sums(charge)).map { estimate, sums in
            var estimate = estimate
            // All at once by Bonferroni's inequality: each at 1 − 0.05/k.
            let all = method.bounds(sums, totals, confidence: confidence)
            estimate.simultaneousLow = all?.low
            estimate.simultaneousHigh = all?.high
            let effect = method.designEffect(sums, totals)
            return SelfShare(
                estimate: estimate, designEffect: effect,
                detectable: variance(estimate.share, effect).flatMap { DetectableChange.between(variance: $0) })
        }
    }

    private func variance(_ share: Double?, _ effect: Double?) -> Double? {
        guard let share, let effect, totals.ticks > 0 else { return nil }
        return effect * share * (1 - share) / totals.ticks
    }
}
