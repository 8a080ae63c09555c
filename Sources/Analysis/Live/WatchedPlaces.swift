import Statistics

/// What the ticks of a run that goes on saw of all places of one kind, each place from when it was first seen.
///
/// A tick costs as many steps as places were seen of late: what has not been seen for long rests.
struct WatchedPlaces {
    private var numbers: [Int: Int] = [:]
    private(set) var keys: [Int] = []
    private var sequences: [PlaceSequence] = []
    /// Those that do not rest, and how many ticks did not see each.
    private var active: [(place: Int, idle: Int)] = []
    private var isActive: [Bool] = []
    /// By place, how often the tick at hand saw it.
    private var seen: [Double] = []

    private static let mostIdle = 64

    /// Adds a tick, before the totals do.
    ///
    /// - Parameter places: the place of each stack that was seen, by a number of the caller's; negative for none.
    mutating func add(_ places: [Int], weight: Double, lost: Double, before totals: WatchedTotals) {
        for key in places where key >= 0 {
            let place = number(of: key, totals)
            seen[place] += 1
            if !isActive[place] { wake(place, totals) }
        }
        for at in active.indices {
            let place = active[at].place
            sequences[place].add(seen[place], weight: weight, lost: lost)
            active[at].idle = seen[place] > 0 ? 0 : active[at].idle + 1
            seen[place] = 0
        }
    }

    /// Sets aside the places that were not seen of late. Called when the totals have the tick.
    mutating func rest(_ totals: WatchedTotals) {
        guard active.contains(where: { $0.idle >= Self.mostIdle }) else { return }
        for (place, idle) in active where idle >= Self.mostIdle {
            sequences[place].rest(totals)
            isActive[place] = false
        }
        active.removeAll { $0.idle >= Self.mostIdle }
    }

    private mutating func wake(_ place: Int, _ totals: WatchedTotals) {
        sequences[place] = sequences[place].awake(totals)
        isActive[place] = true
        active.append((place, 0))
    }

    private mutating func number(of key: Int, _ totals: WatchedTotals) -> Int {
        if let known = numbers[key] { return known }
        numbers[key] = keys.count
        keys.append(key)
        sequences.append(PlaceSequence(unseenIn: totals))
        seen.append(0)
        isActive.append(false)
        return keys.count - 1
    }

    /// As they stand, in the order in which they were first seen.
    func sequences(_ totals: WatchedTotals) -> [PlaceSequence] { sequences.map { $0.awake(totals) } }
}
