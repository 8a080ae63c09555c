import Analysis
import Statistics

/// Which rate, or which length, would be enough to know every function.
struct Sufficiency {
    private let functions: [SimulatedFunction]
    private let sampler: SimulatedSampler
    private let ticks: Double

    init(_ functions: [SimulatedFunction], _ sampler: SimulatedSampler, ticks: Double) {
        (self.functions, self.sampler, self.ticks) = (functions, sampler, ticks)
    }

    /// The samples that the widest interval needs, with the scatter that its width shows; `nil` where none is valid.
    func of(error: Double) -> SufficientSampling? {
        guard ticks > 0, let widest = functions.max(by: { ($0.share.width ?? 0) < ($1.share.width ?? 0) }),
            let width = widest.share.width, width > 0
        else { return nil }
        let reach = width / 2 / Quantile.normal(0.975)
        let truth = min(max(widest.share.truth, 1e-9), 1 - 1e-9)
        let effect = reach * reach * ticks / (truth * (1 - truth))
        guard let samples = SampleSize.samples(ShareScatter(share: truth, designEffect: effect), error: error) else {
            return nil
        }
        let factor = samples / ticks
        let rate = sampler.rate * factor
        return SufficientSampling(
            error: error, function: widest.qualname, rate: rate <= Self.mostRate ? rate : nil,
            seconds: sampler.seconds * factor)
    }

    /// Ticks a second that a clock thread can keep.
    private static let mostRate = 100_000.0
}
