import Analysis
import ProfileModel

/// How a gate measures, and what it allows.
public struct GateSettings: Sendable {
    public var limits = GateLimits()
    /// Seconds that all runs may take together.
    public var budget = 180.0
    public var rate = 1000.0
    public var clock = Clock.wall
    /// Where the random order starts.
    public var seed: UInt64

    public init(seed: UInt64 = .random(in: 0 ... .max)) { self.seed = seed }
}
