/// What replays of one sampler say.
public struct ReplayFindings: Sendable, Equatable {
    /// Ticks that saw a stack, on average.
    public var ticks: Double
    public var functions: [SimulatedFunction]
    public var lines: [SimulatedLine]
    /// Of the functions' self shares from the true ones.
    public var totalVariation: BoundedFigure?
    /// The part of the stacks that cannot be.
    public var impossible: Double?
}
