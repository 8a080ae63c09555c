import Measuring
import Running

/// Runs every arm once, in random order, all under the conditions of the round.
func runRound(
    _ starts: [Start], with starter: some Starter, using generator: inout some RandomNumberGenerator
) async throws -> BenchRound {
    try await Round.run(starts.map(\.arm), areConditionsShared: true, using: &generator) {
        arm, conditions async throws -> Measurement in
        guard let start = starts.first(where: { $0.arm == arm }) else {
            throw RunningError.failed("nothing starts \(arm.name)")
        }
        try start.prepare()
        var command = start.command
        command.environment.merge(conditions.environment) { own, _ in own }
        return try start.measurement(try await starter.succeed(command))
    }
}

/// Runs rounds until the rule is content.
///
/// - Parameter isSettled: whether the rounds so far make every figure narrow enough.
func runRounds(
    _ starts: [Start], until rule: StoppingRule, with starter: some Starter,
    using generator: inout some RandomNumberGenerator,
    progress: (Int) -> Void, isSettled: ([BenchRound]) -> Bool
) async throws -> [BenchRound] {
    var rounds: [BenchRound] = []
    repeat {
        rounds.append(try await runRound(starts, with: starter, using: &generator))
        progress(rounds.count)
    } while rule.wantsMore(after: rounds.count, settled: isSettled(rounds))
    return rounds
}
