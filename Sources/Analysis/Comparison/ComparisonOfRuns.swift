import ProfileModel
import Statistics

/// Two single runs over the same places: do these very runs differ?
struct ComparisonOfRuns<Place: Hashable & Comparable> {
    let places: [Place]
    let a: RunTimeline
    let b: RunTimeline

    /// `nil` where in one of them no interval is valid.
    init?(_ a: Profile, _ b: Profile, by theirs: (a: Places<Place>, b: Places<Place>)) {
        let (ofA, ofB) = (theirs.a.keysOfStacks, theirs.b.keysOfStacks)
        let places = Set((ofA + ofB).compactMap { $0 }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, Int32($0)) })
        func numbered(_ ofStack: [Place?]) -> [Int32] { ofStack.map { $0.flatMap { numbers[$0] } ?? -1 } }
        guard let first = RunTimeline(a, placeOfStack: numbered(ofA), count: places.count),
            let second = RunTimeline(b, placeOfStack: numbered(ofB), count: places.count)
        else { return nil }
        self.places = places
        self.a = first
        self.b = second
    }

    func null(seed: UInt) -> TimelineNull? { TimelineNull(a.noise, b.noise, seed: seed) }

    struct Difference {
        var place: Place
        var a: Double
        var b: Double
        var estimate: ShareDifference
        /// Adjusted over all places looked at.
        var adjustedP: Double
    }

    /// Of every place, the surest first.
    var differences: [Difference] {
        let tested = places.indices.compactMap { place -> Difference? in
            guard let shareA = a.share(place), let shareB = b.share(place),
                let estimate = TwoShares.difference(shareA, shareB)
            else { return nil }
            return Difference(
                place: places[place], a: shareA.value, b: shareB.value, estimate: estimate, adjustedP: estimate.p)
        }
        let adjusted = BenjaminiHochberg.adjusted(tested.map(\.estimate.p))
        return zip(tested, adjusted).map { difference, p in
            var difference = difference
            difference.adjustedP = p
            return difference
        }.sorted {
            ($0.estimate.p, -abs($0.estimate.value), $0.place) < ($1.estimate.p, -abs($1.estimate.value), $1.place)
        }
    }
}

extension Places {
    /// By stack, the place that its self time is charged to.
    fileprivate var keysOfStacks: [Key?] { own.onlyPlaces.map { $0 >= 0 ? keys[Int($0)] : nil } }
}
