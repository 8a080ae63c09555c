import Running

/// Starts a command and waits for its end. Tests put a scripted one in its place.
protocol Starter: Sendable {
    func run(_ command: Command) async throws -> Outcome
}

extension Starter {
    /// Runs a command that must succeed.
    @discardableResult
    func succeed(_ command: Command) async throws -> Outcome {
        let outcome = try await run(command)
        guard outcome.status == 0 else {
            throw RunningError.failed("\(command.line) ended with status \(outcome.status): \(outcome.lastErrorLine)")
        }
        return outcome
    }
}
