/// When enough rounds have been run: `least` in any case, then more until the figures are narrow enough.
struct StoppingRule: Sendable, Equatable {
    var least = 20
    var most = 80

    /// This many rounds, however wide the figures are then.
    static func exactly(_ rounds: Int) -> StoppingRule { StoppingRule(least: rounds, most: rounds) }

    func wantsMore(after rounds: Int, settled: Bool) -> Bool {
        rounds < least || (rounds < most && !settled)
    }
}
