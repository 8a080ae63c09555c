import ProfileModel

/// The compensated times of one run, by function.
struct TallyCompensation {
    struct Place {
        var own: CompensatedTime
        var total: CompensatedTime
    }

    let costs: ProbeCosts
    private(set) var functions: [Function: Place] = [:]
    private(set) var whole: CompensatedTime

    /// `nil` for samplers, and for tracers that were not calibrated.
    init?(_ profile: Profile, _ time: StackTime, _ places: RunPlaces) {
        guard profile.kind == .tracing, let costs = profile.probeCosts, costs.isSound else { return nil }
        self.costs = costs
        let load = CompensatedLoad(profile, costs, holds: Array(repeating: true, count: profile.stacks.count))
        // Time that the tracer was not told of is the program's.
        let untold = time.whole - time.own.reduce(0, +)
        whole = load.whole + CompensatedTime(value: untold, slopes: CompensatedTime.zero(costs).slopes, gross: untold)
        let (own, total) = (load.times(places.functionSelf), load.times(places.functionTotal))
        for (place, function) in places.functions.keys.enumerated() {
            functions[function] = Place(own: own[place], total: total[place])
        }
    }
}
