import ProfileModel

/// A run's time, calls and hits by place: what all figures are made of that need no single ticks.
///
/// Places × weights × scope: which places each stack is charged to, what is charged to it, and which stacks count.
struct Tally<Key: Hashable> {
    /// What one place has.
    struct Entry {
        /// The weight with the place on top of the stack, and anywhere on it.
        var own = 0.0
        var total = 0.0
        /// How often it was entered, and, where it is a line, how often it was run.
        var calls: Int64 = 0
        var hits: Int64 = 0
    }

    let keys: [Key]
    /// In the order of the keys.
    let entries: [Entry]

    /// - Parameters:
    ///   - total: which stacks' weights a place's total has; `nil` where only self time is asked for.
    ///   - weights: by stack; only of those in scope.
    init(_ places: Places<Key>, total: Charge? = nil, weights: [Double], _ profile: Profile, _ scope: Scope) {
        keys = places.keys
        let own = places.own.sums(ofStackValues: weights)
        let totals = total?.sums(ofStackValues: weights)
        let events = EventCounts(places, profile, scope)
        entries = keys.indices.map { place in
            Entry(own: own[place], total: totals?[place] ?? 0, calls: events.calls[place], hits: events.hits[place])
        }
    }

    var byKey: [Key: Entry] { Dictionary(uniqueKeysWithValues: zip(keys, entries)) }
}

/// By place: how often it was entered, and, where it is a line, how often it was run; of samplers, how often it was seen.
struct EventCounts {
    private(set) var calls: [Int64]
    private(set) var hits: [Int64]

    init<Key>(_ places: Places<Key>, _ profile: Profile, _ scope: Scope) {
        calls = Array(repeating: 0, count: places.keys.count)
        hits = calls
        for sample in profile.samples where scope.holds[sample.stack.index] && places.ofTop[sample.stack.index] >= 0 {
            count(sample, at: Int(places.ofTop[sample.stack.index]), isLine: profile.isLine(sample))
        }
    }

    /// Counts come from outside, and no sum of them overflows.
    private mutating func count(_ sample: Sample, at place: Int, isLine: Bool) {
        if isLine { hits[place].addClamped(sample.count) } else { calls[place].addClamped(sample.count) }
    }
}
