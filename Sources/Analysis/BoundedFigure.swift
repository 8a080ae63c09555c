import Statistics

/// A figure with its 95 % interval: over replays of a sampler, or over rounds.
public struct BoundedFigure: Encodable, Sendable, Equatable {
    public var value: Double
    /// Null where there is none, as of a single replay.
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(value: Double, low: Double? = nil, high: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
    }

    init(_ estimate: RoundsEstimate) {
        self.init(value: estimate.value, low: estimate.bounds?.low, high: estimate.bounds?.high)
    }
}
