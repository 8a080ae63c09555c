import ProfileModel
import Statistics

/// A place's time and the whole that its share is a part of, in one run or on average over several.
struct CompensatedPart {
    let time: CompensatedTime
    let whole: CompensatedTime
    let costs: ProbeCosts

    /// 0 to 1 but for what is not identifiable; `nil` where there is no whole.
    var share: Double? { whole.value > 0 ? time.value / whole.value : nil }

    /// What the costs' uncertainty makes of the time.
    var timeError: CombinedInterval.Source { source(time.slopes) }

    /// What it makes of the share r = E/W: calls in the place and calls elsewhere may be of different shapes, so their
    /// costs err independently. ∂r = (1 − r)/W·∂E, and ∂r = −r/W·∂(W − E) for the rest.
    func shareErrors(_ share: Double) -> [CombinedInterval.Source] {
        let rest = zip(whole.slopes, time.slopes).map(-)
        return [source(time.slopes.map { (1 - share) / whole.value * $0 }), source(rest.map { -share / whole.value * $0 })]
    }

    private func source(_ slopes: [Double]) -> CombinedInterval.Source {
        CombinedInterval.Source(variance: Covariance.variance(slopes, costs.covariance), degreesOfFreedom: costs.degreesOfFreedom)
    }
}

extension Compensated {
    /// With its intervals.
    ///
    /// - Parameter scatter: of the time in nanoseconds and of its share over runs; `nil` of a single run.
    init(
        _ part: CompensatedPart, scatter: (time: CombinedInterval.Source, share: CombinedInterval.Source)? = nil,
        confidence: Double = 0.95
    ) {
        self.init(withoutIntervals: part)
        let errors = [part.timeError] + [scatter?.time].compactMap { $0 }
        let bounds = CombinedInterval.bounds(part.time.value, errors, confidence: confidence)
        guard bounds.low > 0 else { return }
        (low, high) = (bounds.low / 1e9, bounds.high / 1e9)
        guard let share else { return }
        let shareErrors = part.shareErrors(share) + [scatter?.share].compactMap { $0 }
        let shareBounds = CombinedInterval.bounds(share, shareErrors, confidence: confidence)
        if shareBounds.low > 0 { (shareLow, shareHigh) = (shareBounds.low, max(share, min(1, shareBounds.high))) }
    }

    /// Of too few runs.
    init(withoutIntervals part: CompensatedPart) {
        self.init(seconds: part.time.value / 1e9, share: part.share)
    }

    /// Whether something can be said of it.
    public var isIdentifiable: Bool { low != nil }
}
