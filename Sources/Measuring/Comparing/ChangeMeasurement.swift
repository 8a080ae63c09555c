import Analysis
import Capture
import ProfileModel
import Running

/// Two versions of a program in rounds of random order, and what the change did.
public struct ChangeMeasurement {
    private let before: GateVersion
    private let after: GateVersion
    private let settings: ProfilingSettings
    private let rounds: Int
    private let renamed: [RenamedPath]

    public init(
        before: GateVersion, after: GateVersion, settings: ProfilingSettings, rounds: Int, renamed: [RenamedPath]
    ) {
        (self.before, self.after, self.settings) = (before, after, settings)
        (self.rounds, self.renamed) = (rounds, renamed)
    }

    public func run() async throws(RunningError) -> ComparedVersionRuns {
        let audit = EnvironmentAudit.take(after.interpreter)
        let runners = [false: try runner(before), true: try runner(after)]
        let progress = Progress(total: rounds)
        defer { progress.clear() }
        var random = RandomSource(seed: settings.seed)
        // The first run of each fills caches, and does not count.
        for arm in [GateArm.before, .after] {
            progress.show("first run of \(version(arm).name)")
            _ = try await start(arm, .random(using: &random), runners)
        }
        var made: [Round<ProfiledOutcome>] = []
        while made.count < rounds { made.append(try await round(made.count, runners, progress, &random)) }
        return compared(made, audit)
    }

    /// - Parameter number: how many were made before.
    private func round(
        _ number: Int, _ runners: [Bool: ProgramRunner], _ progress: Progress, _ random: inout RandomSource
    ) async throws(RunningError) -> Round<ProfiledOutcome> {
        let arms = GateArm.allCases.map { $0.arm(settings) }
        var done = number * arms.count
        return try await Round.run(arms, areConditionsShared: true, using: &random) {
            arm, conditions async throws(RunningError) -> ProfiledOutcome in
            let which = GateArm(rawValue: arm.program ?? "") ?? .before
            progress.show(round: number + 1, arm: version(which).name, done: done, of: rounds * arms.count)
            done += 1
            return try await start(which, conditions, runners)
        }
    }

    private func start(
        _ arm: GateArm, _ conditions: Conditions, _ runners: [Bool: ProgramRunner]
    ) async throws(RunningError) -> ProfiledOutcome {
        guard let runner = runners[arm.isAfter] else { throw .failed("no version is named") }
        let outcome = try await runner.profile(
            arm.arm(settings).settings(seed: conditions.seed), output: .hashed, environment: conditions.environment)
        try version(arm).check(outcome)
        guard outcome.profile != nil else { throw version(arm).silent }
        return outcome
    }

    private func runner(_ version: GateVersion) throws(RunningError) -> ProgramRunner {
        try ProgramRunner(version.program, interpreter: version.interpreter, folder: version.folder)
    }

    private func version(_ arm: GateArm) -> GateVersion { arm.isAfter ? after : before }

    private func compared(_ made: [Round<ProfiledOutcome>], _ audit: [String: String]) -> ComparedVersionRuns {
        let numbers = made.map { round in
            var runs: [String: ProfiledRun] = [:]
            for arm in GateArm.allCases { runs[arm.rawValue] = run(arm, of: round) }
            return Analysis.Round(control: nil, selfTestControl: nil, runs: runs)
        }
        var findings = Comparison.findings(
            ofVersions: numbers, roots: (before.roots, after.roots), renamed: renamed, program: after.program.words,
            audit: audit)
        findings.caveats += GateCaveats.caveats(of: made)
        return ComparedVersionRuns(findings: findings, rounds: numbers)
    }

    private func run(_ arm: GateArm, of round: Round<ProfiledOutcome>) -> ProfiledRun? {
        guard let outcome = round[arm], let profile = outcome.profile else { return nil }
        return ProfiledRun(seconds: outcome.process.seconds, profile: profile)
    }
}

/// What two versions did, and what it says.
public struct ComparedVersionRuns: Sendable {
    public var findings: CompareFindings
    public var rounds: [Analysis.Round]

    /// All profiles of a version, by its name in the findings.
    public func profiles(of name: String) -> [Profile] { rounds.compactMap { $0.runs[name]?.profile } }
}
