import ProfileModel
import Statistics

/// A place's time and the whole that its share is a part of, in one run or on average over several.
struct CompensatedPart {
    let time: CompensatedTime
    let whole: CompensatedTime
    let costs: ProbeCosts

    /// 0 to 1 but for what is not identifiable; `nil` where there is no whole.
    var share: Double? { whole.value > 0 ? time.value / whole.value : nil }

    /// What is uncertain of the time, but for its scatter over runs.
    func timeErrors(_ scatter: CombinedInterval.Source?) -> TwoScaleInterval {
        TwoScaleInterval(
            added: [costs.subtracted(time.slopes)] + [scatter].compactMap { $0 }, multiplied: costs.multiplied(time))
    }

    /// What is of the share r = E/W: calls in the place and calls elsewhere may be of different shapes, so their
    /// costs err independently. ∂r = (1 − r)/W·∂E, and ∂r = −r/W·∂(W − E) for the rest; ∂ logit r = ∂ ln E − ∂ ln (W − E).
    func shareErrors(_ share: Double, _ scatter: CombinedInterval.Source?) -> TwoScaleInterval {
        let rest = whole - time
        let added = [
            costs.subtracted(time.slopes.map { (1 - share) / whole.value * $0 }),
            costs.subtracted(rest.slopes.map { -share / whole.value * $0 }),
        ]
        return TwoScaleInterval(
            added: added + [scatter].compactMap { $0 },
            multiplied: costs.multiplied(time) + (rest.value > 0 ? costs.multiplied(rest) : []))
    }

    /// Whether the interval of the time reaches 0: the costs may be all of it, or what they do not explain.
    func isLost(_ confidence: Double) -> Bool {
        let sources = [costs.subtracted(time.slopes)] + [costs.unexplained(time.gross)].compactMap { $0 }
        return CombinedInterval.bounds(time.value, sources, confidence: confidence).low <= 0
    }
}

extension ProbeCosts {
    /// What the costs' uncertainty makes of a time by subtraction: without the stretch's.
    fileprivate func subtracted(_ slopes: [Double]) -> CombinedInterval.Source {
        let slopes = zip(parameters, slopes).map { $0 == .stretch ? 0 : $1 }
        return CombinedInterval.Source(
            variance: Covariance.variance(slopes, covariance), degreesOfFreedom: degreesOfFreedom)
    }

    /// What they leave unexplained of so much measured time; `nil` where it was not checked.
    fileprivate func unexplained(_ gross: Double) -> CombinedInterval.Source? {
        checks.map {
            .init(variance: $0.unexplained * $0.unexplained * gross * gross, degreesOfFreedom: Double($0.programs - 1))
        }
    }

    /// Of the logarithm of a time above 0: what is the stretch's, with its covariances, and what is not explained.
    fileprivate func multiplied(_ time: CompensatedTime) -> [CombinedInterval.Source] {
        let stretch = max(0, Covariance.variance(time.slopes, covariance) - subtracted(time.slopes).variance)
        let sources =
            [.init(variance: stretch, degreesOfFreedom: degreesOfFreedom)] + [unexplained(time.gross)].compactMap { $0 }
        return sources.map {
            .init(variance: $0.variance / (time.value * time.value), degreesOfFreedom: $0.degreesOfFreedom)
        }
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
        guard !part.isLost(confidence),
            let bounds = part.timeErrors(scatter?.time).bounds(part.time.value, confidence: confidence)
        else { return }
        (low, high) = (bounds.low / 1e9, bounds.high / 1e9)
        guard let share,
            let shareBounds = part.shareErrors(share, scatter?.share).bounds(ofShare: share, confidence: confidence)
        else { return }
        (shareLow, shareHigh) = (shareBounds.low, max(share, shareBounds.high))
    }

    /// Of too few runs.
    init(withoutIntervals part: CompensatedPart) {
        self.init(seconds: part.time.value / 1e9, share: part.share)
    }

    /// Whether something can be said of it.
    public var isIdentifiable: Bool { low != nil }
}
