import ProfileModel
import Statistics

extension VersionTimes.Run {
    /// - Parameters:
    ///   - time: of a place, in seconds.
    ///   - isAlone: whether its own errors are to be known, for there is no other run.
    init(
        _ profile: Profile, whole: Double, times: [Place: Double], _ places: @autoclosure () -> Places<Place>,
        isAlone: Bool
    ) {
        self.init(whole: whole, times: times, errors: isAlone ? Self.errors(profile, whole, places()) : nil)
    }

    /// What a sampler's chance leaves uncertain of this run; nothing of a tracer's, who measured it.
    private static func errors(_ profile: Profile, _ whole: Double, _ places: Places<Place>) -> [Place: Double]? {
        if profile.kind == .tracing { return [:] }
        guard
            let timeline = RunTimeline(profile, placeOfStack: places.own.onlyPlaces, count: places.keys.count)
        else { return nil }
        let errors = places.keys.indices.compactMap { place in
            timeline.share(place).map { share in
                (
                    places.keys[place],
                    (share.bounds.high - share.bounds.low) / 2 / Quantile.twoSidedNormal(0.95) * whole
                )
            }
        }
        return Dictionary(errors) { first, _ in first }
    }
}
