import ProfileModel
import Running

/// Starts a program under an arm: the one place that knows how each kind of arm is started and what is read of it afterwards.
public struct ArmLaunch: Sendable {
    public var program: Program
    public var interpreter: Interpreter
    /// Those that were looked for.
    public var peers: InstalledPeers?
    /// Set for every run, under what the conditions of each set.
    public var environment: [String: String] = [:]
    public var output = ProgramOutput.hashed
    public var reading = ProfileReading.whole
    /// `nil` for none, but for peers, which always have some.
    public var limits: RunLimits?
    private let runner: ProgramRunner

    /// Throws where there is no such program, or swprof is not whole.
    public init(_ program: Program, interpreter: Interpreter, peers: InstalledPeers? = nil) throws(RunningError) {
        (self.program, self.interpreter, self.peers) = (program, interpreter, peers)
        runner = try ProgramRunner(program, interpreter: interpreter)
    }

    /// Runs the program and waits for its end.
    ///
    /// - Throws: where it could not be run, or swprof was asked to end meanwhile; that a peer gives no profile is an outcome.
    public func start(_ arm: Arm, _ conditions: Conditions) async throws(RunningError) -> RunOutcome {
        let outcome = try await started(arm, conditions)
        // Who runs programs under limits of their own keeps what was measured until now first.
        if limits == nil { try SignalForwarding.checkInterrupted() }
        return outcome
    }

    private func started(_ arm: Arm, _ conditions: Conditions) async throws(RunningError) -> RunOutcome {
        let environment = environment.merging(conditions.environment) { $1 }
        if let peer = arm.peer { return try await start(peer, arm.settings(seed: conditions.seed), environment) }
        var runner = runner
        (runner.limits, runner.reading) = (limits, reading)
        guard arm.role == .profiled else {
            return .ran(ProfiledOutcome(process: try await runner.control(output: output, environment: environment)))
        }
        return .ran(
            try await runner.profile(arm.settings(seed: conditions.seed), output: output, environment: environment))
    }

    private func start(
        _ name: PeerName, _ settings: ProfilingSettings, _ environment: [String: String]
    ) async throws(RunningError) -> RunOutcome {
        guard let peers else { throw .failed("\(name.rawValue) was not looked for") }
        var runner = PeerRunner(peers, program: program, interpreter: interpreter)
        if let limits { runner.limits = limits }
        runner.readsProfiles = reading == .whole
        return try await runner.run(name, settings, environment: environment)
    }
}
