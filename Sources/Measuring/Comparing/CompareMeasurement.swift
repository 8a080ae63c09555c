import Analysis
import Capture
import ProfileModel
import Running

/// Several designs, and other profilers, on one program against an unprofiled control: rounds, and what they say.
public struct CompareMeasurement {
    /// How much is measured.
    public enum Extent: Sendable {
        case rounds(Int)
        /// Until no interval of a share, and of a slowdown where these are waited for, reaches further than this to either side.
        case until(error: Double, slowdowns: Bool)
        /// So many rounds in which functions of the program are slowed in turn; with no names, the hottest.
        case causal(rounds: Int, names: [String])
    }

    let program: Program
    /// As the report names it.
    let words: [String]
    let interpreter: Interpreter
    let designs: [Design]
    let peers: [PeerName]
    let settings: ProfilingSettings
    let extent: Extent

    public init(
        _ program: Program, words: [String], interpreter: Interpreter, designs: [Design], peers: [PeerName],
        settings: ProfilingSettings, extent: Extent
    ) throws(RunningError) {
        (self.program, self.words, self.interpreter, self.extent) = (program, words, interpreter, extent)
        (self.designs, self.peers, self.settings) = (designs, peers, settings)
        // Before anything is looked for: what cannot be run is said at once.
        _ = try ArmLaunch(program, interpreter: interpreter)
    }

    /// Runs all rounds, or as many as it takes, and finds what they say.
    public func run() async throws(RunningError) -> ComparedProgram {
        let installed = await InstalledPeers(peers, interpreter: interpreter)
        let audit = EnvironmentAudit.take(interpreter)
        let calibrations = await Calibrating.supply(
            designs, interpreter: interpreter, clock: settings.clock, selecting: !settings.functions.isEmpty)
        let analyse = { (rounds: [Round<RunOutcome>]) in
            Comparison.findings(
                rounds: rounds.map { calibrations.added(to: $0).numbers },
                designs: designs.map(\.rawValue) + peers.map(\.rawValue),
                program: words, audit: audit, confidence: confidence)
        }
        var compared = try await measure(installed, analyse)
        compared.findings.note(presences(installed, over: compared.rounds))
        compared.findings.caveats += ProgramCaveats.caveats(of: compared.rounds)
        return compared
    }

    private var confidence: Double { if case .until = extent { StoppingRule.confidence } else { 0.95 } }

    private func measure(
        _ installed: InstalledPeers, _ analyse: ([Round<RunOutcome>]) -> CompareFindings
    ) async throws(RunningError) -> ComparedProgram {
        switch extent {
        case .causal(let count, let names): return try await measureCausally(count, names, analyse)
        case .rounds(let count): return try await measure([count], installed, analyse) { _ in nil }
        case .until(let error, let slowdowns):
            return try await measure(StoppingRule.looks, installed, analyse) {
                StoppingRule.verdict(on: $0, error: error, slowdowns: slowdowns)
            }
        }
    }

    private func measure(
        _ looks: [Int], _ installed: InstalledPeers, _ analyse: ([Round<RunOutcome>]) -> CompareFindings,
        verdict: (CompareFindings) -> UntilFinding?
    ) async throws(RunningError) -> ComparedProgram {
        var rounds = ComparedRounds(
            try ArmLaunch(program, interpreter: interpreter, peers: installed), arms: arms, seed: settings.seed)
        for look in looks {
            try await rounds.run(upTo: look)
            var found = analyse(rounds.rounds)
            guard let verdict = verdict(found) else { return ComparedProgram(findings: found, rounds: rounds.rounds) }
            guard verdict.isReached || look == looks.last else { continue }
            found.until = verdict
            found.caveats += verdict.caveats
            return ComparedProgram(findings: found, rounds: rounds.rounds)
        }
        return ComparedProgram(findings: analyse(rounds.rounds), rounds: rounds.rounds)
    }

    /// Runs all rounds with functions slowed in turn, and finds what they say.
    private func measureCausally(
        _ count: Int, _ names: [String], _ analyse: ([Round<RunOutcome>]) -> CompareFindings
    ) async throws(RunningError) -> ComparedProgram {
        let runner = try ProgramRunner(program, interpreter: interpreter)
        var measurement = CausalMeasurement(
            runner, designs: designs, settings: settings, names: names, progress: Progress(total: count))
        let rounds = try await measurement.run(rounds: count)
        var found = analyse(rounds)
        measurement.complete(&found)
        return ComparedProgram(findings: found, rounds: rounds)
    }

    private var arms: [Arm] {
        [.control, .selfTestControl] + designs.map { Arm.design(settings.of($0)) }
            + peers.map { Arm.peer($0, rate: settings.rate) }
    }

    private func presences(_ installed: InstalledPeers, over rounds: [Round<RunOutcome>]) -> [PeerPresence] {
        peers.map { name in
            PeerPresence(
                name: name.rawValue, kind: name.kind, version: installed.version(of: name),
                failures: rounds.compactMap { $0.failure(of: name) })
        }
    }
}

/// What a comparison measured, and what it says.
public struct ComparedProgram: Sendable {
    public var findings: CompareFindings
    public var rounds: [Round<RunOutcome>]

    /// All profiles of a design or a peer.
    public func profiles(of name: String) -> [Profile] {
        rounds.compactMap { round in round.profiled.first { $0.name == name }?.run.profile }
    }

    /// The worst status that the program ended with.
    public var status: Int { rounds.flatMap(\.statuses).max() ?? 0 }
}

extension ProfilingSettings {
    /// The same of another design.
    func of(_ design: Design) -> ProfilingSettings {
        var settings = self
        settings.design = design
        return settings
    }
}
