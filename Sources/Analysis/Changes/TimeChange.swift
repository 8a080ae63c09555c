import Statistics

/// What a time was in both versions, and what it changed by, in seconds.
public struct TimeChange: Encodable, Sendable, Equatable {
    /// Means over runs.
    public var before: Double
    public var after: Double
    /// After minus before.
    public var change: Interval

    public init(before: Double, after: Double, change: Interval) {
        (self.before, self.after, self.change) = (before, after, change)
    }

    init(before: Double, after: Double, _ mean: StudentMean?) {
        let bounds = mean?.bounds(error: 0.025)
        self.init(
            before: before, after: after,
            change: Interval(mean: after - before, low: bounds?.low, high: bounds?.high))
    }
}

/// How long the program took in both versions.
public struct DurationChange: Encodable, Sendable, Equatable {
    public var seconds: TimeChange
    /// After over before; null where nothing took any time.
    @ExplicitNull public var ratio: Ratio?
    /// Of both being as long; null where no error is known.
    @ExplicitNull public var p: Double?

    public init(seconds: TimeChange, ratio: Ratio?, p: Double?) {
        self.seconds = seconds
        (self.ratio, self.p) = (ratio, p)
    }

    public var isBeyondChance: Bool { p.map { $0 <= ComparisonPair.falseDiscoveryRate } ?? false }
}
