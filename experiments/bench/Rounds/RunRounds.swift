/// Runs every arm once, in random order.
func runRound(
    _ arms: [Arm], with starter: some Starter, using generator: inout some RandomNumberGenerator
) async throws -> Round {
    let conditions = Round.Conditions.random(using: &generator)
    let shuffled = arms.shuffled(using: &generator)
    var measurements: [String: Measurement] = [:]
    for arm in shuffled {
        try arm.prepare()
        var command = arm.command
        command.environment.merge(conditions.environment) { own, _ in own }
        let outcome = try await starter.succeed(command)
        measurements[arm.name] = try arm.measurement(outcome)
    }
    return Round(conditions: conditions, order: shuffled.map(\.name), measurements: measurements)
}

/// Runs rounds until the rule is content.
///
/// - Parameter isSettled: whether the rounds so far make every figure narrow enough.
func runRounds(
    _ arms: [Arm], until rule: StoppingRule, with starter: some Starter,
    using generator: inout some RandomNumberGenerator,
    progress: (Int) -> Void, isSettled: ([Round]) -> Bool
) async throws -> [Round] {
    var rounds: [Round] = []
    repeat {
        rounds.append(try await runRound(arms, with: starter, using: &generator))
        progress(rounds.count)
    } while rule.wantsMore(after: rounds.count, settled: isSettled(rounds))
    return rounds
}
