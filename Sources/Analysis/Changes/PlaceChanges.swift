import Statistics

/// Tests the changes of all places together.
struct PlaceChanges<Place: Hashable & Comparable> {
    let times: VersionTimes<Place>
    /// Those with enough time to matter, in order.
    let places: [Place]
    /// Of self time; none where no error is known.
    let changes: [Place: StudentMean]
    /// Adjusted for the number of places.
    private let adjusted: [Place: Double]

    /// Places with a smaller part of the mean time over all runs cannot have changed by what is worth a row. That mean says
    /// nothing of the change, so that tests of what is left stay valid (R. Bourgon et al., PNAS 107, 2010, 9546–9551).
    static var leastPart: Double { 0.001 }

    init(_ times: VersionTimes<Place>, leastPart: Double = Self.leastPart) {
        self.times = times
        let runs = times.old + times.new
        let least = leastPart * runs.reduce(0) { $0 + $1.whole }
        places = times.places.filter { place in runs.reduce(0) { $0 + ($1.times[place] ?? 0) } >= least }.sorted()
        let tested = places.compactMap { place in times.change(of: [place: 1]).map { (place, $0) } }
        let p = BenjaminiYekutieli.adjusted(tested.map(\.1.p))
        changes = Dictionary(uniqueKeysWithValues: tested)
        adjusted = Dictionary(uniqueKeysWithValues: zip(tested.map(\.0), p))
    }

    /// Whether it is more than chance, at a false-discovery rate of 5 %.
    func isBeyondChance(_ place: Place) -> Bool {
        adjusted[place].map { $0 <= ComparisonPair.falseDiscoveryRate } ?? false
    }

    /// Those that surely grew, the most first.
    var grown: [Place] {
        places.filter { isBeyondChance($0) && (changes[$0]?.value ?? 0) > 0 }.sorted {
            (changes[$1]?.value ?? 0, $0) < (changes[$0]?.value ?? 0, $1)
        }
    }

    func verdict(of place: Place) -> PlaceChange.Verdict {
        changes[place].map { isBeyondChance(place) ? $0.value > 0 ? .more : .less : .withinChance } ?? .cannotTell
    }

    /// - Parameter total: of the time with all that it calls.
    func finding(
        _ place: Place, _ by: Resolution, qualname: String, file: String, path: String, lines: (new: Int?, old: Int?),
        total: TimeChange? = nil
    ) -> PlaceChange {
        let change = changes[place]
        return PlaceChange(
            by: by, qualname: qualname, file: file, path: path, line: lines.new, lineBefore: lines.old,
            own: TimeChange(before: times.before(place), after: times.after(place), change),
            share: PlaceChange.Share(
                before: times.shareBefore(place), after: times.shareAfter(place), change: times.points(of: place)),
            total: total, unadjustedP: change?.p, p: adjusted[place], verdict: verdict(of: place))
    }
}
