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
        // All of that interval lies to one side.
        unseen = (timeline.method.bounds(TickSums(), timeline.totals)?.high ?? 0) / normal * whole
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
