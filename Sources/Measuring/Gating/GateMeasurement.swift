import Analysis
import ProfileModel
import Running

/// Two versions of a program, and whether the new one is slower.
public struct GateMeasurement {
    private let before: GateVersion
    private let after: GateVersion
    private let settings: GateSettings

    public init(before: GateVersion, after: GateVersion, settings: GateSettings) {
        (self.before, self.after, self.settings) = (before, after, settings)
    }

    /// Runs rounds until it is sure, or the budget is spent.
    ///
    /// - Parameter tree: what the version before is run from; it is removed in the end, also where a signal ends swprof.
    public func findings(from tree: BaselineTree? = nil) async throws(RunningError) -> GateFindings {
        let found: Result<GateFindings, RunningError>
        do throws(RunningError) {
            found = .success(try await measured())
        } catch {
            found = .failure(error)
        }
        await tree?.remove()
        SignalForwarding.deliver()
        return try found.get()
    }

    private func measured() async throws(RunningError) -> GateFindings {
        let audit = EnvironmentAudit.take(after.interpreter)
        let runners = [GateArm.before: try runner(before), .after: try runner(after)]
        let clock = ContinuousClock()
        let origin = clock.now
        let rounds = GatedRounds(
            settings, before: before, after: after, now: { (clock.now - origin) / .seconds(1) }
        ) { arm, conditions async throws(RunningError) -> ProfiledOutcome in
            let version = arm.program == GateArm.after.rawValue ? GateArm.after : .before
            guard let runner = runners[version] else { throw .failed("no version is named") }
            let outcome = try await runner.profile(
                arm.settings(seed: conditions.seed), output: .hashed, environment: conditions.environment)
            // Whoever holds files that are to be removed does that first.
            if SignalForwarding.isWaiting { throw .failed("interrupted") }
            return outcome
        }
        let outcome = try await rounds.run()
        return findings(of: outcome, audit)
    }

    private func runner(_ version: GateVersion) throws(RunningError) -> ProgramRunner {
        var runner = try ProgramRunner(version.program, interpreter: version.interpreter, folder: version.folder)
        runner.limits = RunLimits(time: .seconds(settings.budget))
        return runner
    }

    private func findings(of outcome: GatedRounds.Outcome, _ audit: [String: String]) -> GateFindings {
        func version(_ version: GateVersion, _ arm: GateArm) -> GateFindings.Version {
            GateFindings.Version(
                program: version.program.words, commit: version.commit,
                python: outcome.pythons[arm] ?? "")
        }
        return GateFindings(
            outcome.look, rounds: outcome.rounds.count, before: version(before, .before), after: version(after, .after),
            clock: settings.clock, limits: settings.limits, seconds: outcome.seconds, budget: settings.budget,
            caveats: GateCaveats.caveats(of: outcome.rounds), audit: audit)
    }
}
