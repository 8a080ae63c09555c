import Analysis
import Measuring
import Running

extension CompareCommand {
    /// Two commands, of which one is the version before.
    func compareVersions() async throws {
        try checkVersions()
        let renamed = try renamedPaths(profiles: 2)
        let after = try GatedCommand(program, python: profiling.python, isOnCommandLine: true)
        let before = try GatedCommand(
            ShellWords.split(self.before ?? ""), python: profiling.python, isOnCommandLine: false)
        let design = try await versionsDesign()
        var settings = try profiling.settings([design])
        settings.design = design
        let compared = try await ChangeMeasurement(
            before: before.version("the version before"), after: after.version("the new version"), settings: settings,
            rounds: runs ?? 10, renamed: renamed
        ).run()
        try report(compared.findings, profiles: compared.profiles)
    }

    private func checkVersions() throws {
        try checkRuns()
        guard until == nil, !causal, peers.isEmpty else {
            throw Ending.usage("--before compares two versions by one design; leave out --until, --causal and --peers")
        }
        guard profiling.functions.isEmpty else {
            throw Ending.usage("--before compares whole programs; leave out --trace")
        }
    }

    private func versionsDesign() async throws -> Design {
        let designs = try await Design.chosen(
            self.designs ?? Design.signal.rawValue, by: Interpreter(profiling.python))
        guard designs.count == 1, let design = designs.first else {
            throw Ending.usage("--before compares two versions by one design; name one with --designs, such as signal")
        }
        return design
    }

    /// What `--map` says.
    ///
    /// - Parameter count: how many profiles are compared.
    func renamedPaths(profiles count: Int) throws -> [RenamedPath] {
        guard renamed.isEmpty || count > 1 else {
            throw Ending.usage("--map goes with two versions; name two profiles")
        }
        return try renamed.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
                throw Ending.usage(
                    "'\(text)' names no renamed file; give the old and the new path: --map old.py=new.py")
            }
            return RenamedPath(old: String(parts[0]), new: String(parts[1]))
        }
    }
}
