/// The least changes that matter to a gate.
public struct GateLimits: Sendable, Equatable, Encodable {
    /// Of the whole program, as a part of its time before.
    public var slowdown: Double
    /// Of one function's own time, as a part of the whole program's time before.
    public var function: Double

    public init(slowdown: Double = 0.01, function: Double = 0.005) {
        (self.slowdown, self.function) = (slowdown, function)
    }

    /// The probability with which a gate may fail a program that has not become slower by more than the limits, over all
    /// looks and all that is tested; and that with which it may pass one that, as a whole or in a function, has by more than
    /// the greater limit.
    public static let error = 0.05
    /// Half of it is for the whole program, half for its functions.
    static let part = error / 2
}

/// What a gate says.
public enum GateVerdict: String, Encodable, Sendable {
    case pass, fail, undecided
}
