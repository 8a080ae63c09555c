import ProfileModel

/// The functions that were on top around a run's lost ticks.
struct LostPlaces {
    /// By function, the lost ticks that its samples stand for.
    private(set) var ticks: [Function: Double] = [:]

    init(_ profiles: some Sequence<Profile>) {
        for profile in profiles where profile.kind == .sampling && profile.ledger != nil { add(profile) }
    }

    private mutating func add(_ profile: Profile) {
        let unit = WeightUnit(profile)
        guard unit.isFilled else { return }
        let load = StackLoad(profile, Scope(wholeOf: profile), unit)
        let places = Places(functionsOf: profile)
        for (function, ticks) in zip(places.keys, places.own.sums(ofStackValues: load.lost)) where ticks > 0 {
            self.ticks[function, default: 0] += ticks
        }
    }

    /// With the parts of what was lost that are theirs, the greatest first.
    var parts: [(function: String, part: Double)] {
        let all = ticks.values.reduce(0, +)
        return ticks.map { ($0.key.qualname, $0.value / all) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}
