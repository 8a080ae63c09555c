/// What is added up tick by tick of a run that is being watched, whichever place is asked for. A tick has a weight, the number
/// of stacks that it saw.
public struct WatchedTotals: Sendable {
    public private(set) var ticks = 0.0
    /// Σ w
    public private(set) var weight = 0.0
    /// Stacks that ticks did not see, though there were some.
    public private(set) var lost = 0.0
    /// How often a thread began or ended between ticks.
    private(set) var edges = 0.0
    /// The most stacks that a tick saw or lost.
    private(set) var most = 0.0
    /// Of the weights, and of what a place that is never seen has.
    private(set) var whole = PredictedSum()
    private(set) var nothing = PredictedSum()

    public init() {}

    /// Adds a tick.
    public mutating func add(weight: Double, lost: Double, edges: Double) {
        ticks += 1
        self.weight += weight
        self.lost += lost
        self.edges += edges
        most = max(most, weight + lost)
        whole.add(weight, lost: lost)
        nothing.add(0, lost: lost)
    }

    /// The part of all stacks that was lost.
    public var lostPart: Double { weight + lost > 0 ? lost / (weight + lost) : 0 }
}

/// What ticks saw of one place of a run that is being watched.
public struct PlaceSequence: Sendable {
    private(set) var on: PredictedSum
    /// What they saw of all else.
    private(set) var off: PredictedSum

    /// What the totals were when it was seen last, where it is not being added to: that costs nothing.
    private var resting: WatchedTotals?

    /// A place that no tick has seen yet.
    public init(unseenIn totals: WatchedTotals) { (on, off) = (totals.nothing, totals.whole) }

    /// Adds a tick that saw the place on so many of its stacks.
    public mutating func add(_ seen: Double, weight: Double, lost: Double) {
        on.add(seen, lost: lost)
        off.add(weight - seen, lost: lost)
    }

    /// From now on no tick sees it, until `awake`: 0 is foretold, as of a place that is never seen.
    public mutating func rest(_ totals: WatchedTotals) { resting = totals }

    /// The same with all ticks that were added to the totals since `rest`.
    public func awake(_ totals: WatchedTotals) -> PlaceSequence {
        guard let resting else { return self }
        var awake = self
        awake.resting = nil
        awake.on.add(from: resting.nothing, to: totals.nothing)
        awake.off.add(from: resting.whole, to: totals.whole)
        return awake
    }

    /// The part of all stacks that were seen.
    public func share(of totals: WatchedTotals) -> Double? { totals.weight > 0 ? on.sum / totals.weight : nil }

    /// A place that would have an upper bound no less than any of these has; `nil` of none.
    public static func greatest(_ places: some Sequence<PlaceSequence>) -> PlaceSequence? {
        places.reduce(nil) { greatest, place in
            guard var greatest else { return place }
            greatest.on = .greater(greatest.on, place.on)
            greatest.off = .lesser(greatest.off, place.off)
            return greatest
        }
    }
}
