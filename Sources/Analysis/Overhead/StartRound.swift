import Statistics

/// One round of a script that does nothing: wall seconds of `swprof run` on it, and of the interpreter alone.
public struct StartRound: Sendable, Equatable {
    public var profiled: Double
    public var plain: Double

    public init(profiled: Double, plain: Double) { (self.profiled, self.plain) = (profiled, plain) }

    /// The mean of the differences; `nil` without a round.
    static func cost(_ rounds: [StartRound]) -> OverheadFinding.StartCost? {
        Jackknife.mean(rounds.map { $0.profiled - $0.plain }).map {
            OverheadFinding.StartCost(
                seconds: $0.value, low: $0.bounds?.low, high: $0.bounds?.high, rounds: rounds.count)
        }
    }
}
