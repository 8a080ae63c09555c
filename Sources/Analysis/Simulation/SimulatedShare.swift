/// A figure over replays with its 95 % interval.
public struct SimulatedInterval: Encodable, Sendable, Equatable {
    public var value: Double
    /// Null of one replay.
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(value: Double, low: Double? = nil, high: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// What a sampler would have said of one share, over many replays.
public struct SimulatedShare: Encodable, Sendable, Equatable {
    /// The share that the timeline has.
    public var truth: Double
    /// Of the estimates; null where no replay saw anything.
    @ExplicitNull public var mean: Double?
    /// mean − truth.
    @ExplicitNull public var bias: SimulatedInterval?
    /// In what part of the replays the interval that a report prints has the truth; null where it prints none.
    @ExplicitNull public var coverage: SimulatedInterval?
    /// Of that interval, on average.
    @ExplicitNull public var width: Double?
    /// Of one run: the root mean square over replays.
    @ExplicitNull public var error: Double?

    public init(
        truth: Double, mean: Double? = nil, bias: SimulatedInterval? = nil, coverage: SimulatedInterval? = nil,
        width: Double? = nil, error: Double? = nil
    ) {
        self.truth = truth
        self.mean = mean
        self.bias = bias
        self.coverage = coverage
        self.width = width
        self.error = error
    }
}
