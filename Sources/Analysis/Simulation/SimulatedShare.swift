/// What a sampler would have said of one share, over many replays.
public struct SimulatedShare: Encodable, Sendable, Equatable {
    /// The share that the timeline has.
    public var truth: Double
    /// Of the estimates; null where no replay saw anything.
    @ExplicitNull public var mean: Double?
    /// mean − truth.
    @ExplicitNull public var bias: BoundedFigure?
    /// In what part of the replays the interval that a report prints has the truth; null where it prints none.
    @ExplicitNull public var coverage: BoundedFigure?
    /// Of that interval, on average.
    @ExplicitNull public var width: Double?
    /// Of one run: the root mean square over replays.
    @ExplicitNull public var error: Double?

    public init(
        truth: Double, mean: Double? = nil, bias: BoundedFigure? = nil, coverage: BoundedFigure? = nil,
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
