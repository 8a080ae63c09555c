import ProfileModel
import Statistics

/// The standard errors, in seconds, with which places of one run were seen.
struct SamplingErrors<Place: Hashable> {
    private var seen: [Place: Double] = [:]
    /// Of a place that was not seen, which may have had a little time all the same.
    private var unseen = 0.0

    /// Of a tracer, who measured it.
    static var none: SamplingErrors { SamplingErrors() }

    subscript(place: Place) -> Double { seen[place] ?? unseen }
}

extension SamplingErrors {
    /// What a sampler's chance leaves uncertain; nothing of a tracer's. `nil` where nothing is known of it.
    init?(_ profile: Profile, _ places: Places<Place>, whole: Double) {
        guard profile.kind == .sampling else { return }
        guard
            let timeline = RunTimeline(profile, placeOfStack: places.own.onlyPlaces, count: places.keys.count)
        else { return nil }
        let normal = Quantile.twoSidedNormal(0.95)
        for place in places.keys.indices {
            guard let bounds = timeline.share(place)?.bounds else { continue }
            seen[places.keys[place]] = (bounds.high - bounds.low) / 2 / normal * whole
        }
        unseen = Self.unseen(timeline.method, timeline.totals, whole: whole)
    }

    /// The same of times with all that a place calls, which intervals of one run are valid for, too.
    init?(totalsOf profile: Profile, _ places: Places<Place>, whole: Double) {
        guard profile.kind == .sampling else { return }
        guard let sampled = profile.estimator(Scope(wholeOf: profile)) as? SampledShares, sampled.method.isValid else {
            return nil
        }
        let normal = Quantile.twoSidedNormal(0.95)
        for (place, estimate) in zip(places.keys, sampled.estimates(places.total(profile.stacks))) {
            guard let low = estimate.low, let high = estimate.high else { continue }
            seen[place] = (high - low) / 2 / normal * whole
        }
        unseen = Self.unseen(sampled.method, sampled.totals, whole: whole)
    }

    /// All of that interval lies to one side.
    private static func unseen(_ method: IntervalMethod, _ totals: TickTotals, whole: Double) -> Double {
        (method.bounds(TickSums(), totals)?.high ?? 0) / Quantile.twoSidedNormal(0.95) * whole
    }
}

extension VersionTimes.Run {
    /// - Parameters:
    ///   - time: of a place, in seconds.
    ///   - isAlone: whether its own errors are to be known, for there is no other run.
    init(
        _ profile: Profile, whole: Double, times: [Place: Double], _ places: @autoclosure () -> Places<Place>,
        isAlone: Bool
    ) {
        self.init(
            whole: whole, times: times,
            errors: isAlone ? SamplingErrors(profile, places(), whole: whole) : nil)
    }
}
