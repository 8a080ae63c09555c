import Analysis
import ArgumentParser
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof compare`: several designs on the same program, against an unprofiled control; or profiles
/// that exist already.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare designs on one program, or profiles that exist already.",
        usage: """
            swprof compare [--designs A,B,…] [--peers P,Q,…] [--runs N | --until ERROR] [--causal] [options] SCRIPT|-m MODULE|-c CODE [ARGS…]
            swprof compare [options] FILE FILE…
            """)

    @Option(help: ArgumentHelp("The designs, separated by commas.", valueName: "a,b,…"))
    var designs = "setprofile,signal,gil"

    @Option(help: ArgumentHelp("Other profilers to run beside them, separated by commas: \(PeerName.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "p,q,…"))
    var peers = ""

    @Option(parsing: .unconditional, help: "Rounds: each runs the program once under every design and twice without. (default: 10)")
    var runs: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Run until intervals reach no further than this to either side, looking after 5, 10, 20, 40 and 80 rounds.", valueName: "error"))
    var until: Double?

    @Flag(help: "Also slow the program's hottest functions by known amounts, and tell whether each design's profile moves as it must. (rounds by default: 5)")
    var causal = false

    @Option(help: ArgumentHelp("With --causal, slow this function; may be given several times. (default: up to 3 of the hottest)", valueName: "function"))
    var slow: [String] = []

    @OptionGroup var profiling: ProfilingOptions
    @OptionGroup var reading: ReadingOptions

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Write the report here (with --json, the JSON).", valueName: "file"))
    var output: String?

    @Argument(help: "The program and its arguments, or profiles.")
    var program: [String] = []

    func run() async throws {
        for path in [output, profiling.html] { try Output.checkWritable(path) }
        if namesProfiles {
            guard program.count > 1 else { throw Ending.usage("'\(program[0])' is a profile; give another to compare it with, or a program") }
            guard until == nil, runs == nil else { throw Ending.usage("profiles that exist already are of one run each; leave out --runs and --until") }
            guard peers.isEmpty else { throw Ending.usage("profiles that exist already are run by nobody; leave out --peers, or name a program") }
            guard !causal, slow.isEmpty else { throw Ending.usage("profiles that exist already cannot be slowed; leave out --causal and --slow, or name a program") }
            try compareProfiles(program)
        } else {
            try await compareDesigns()
        }
    }

    // MARK: Profiles that exist

    /// Whether the words name profiles and no program: what is a profile by its content is none, nor what has its ending.
    private var namesProfiles: Bool {
        guard let first = program.first, !["-m", "-c"].contains(first), !PythonSource.hasEnding(first) else { return false }
        if reading.from != nil || reading.type != nil { return true }
        return ProfileFormat.isProfile(first) || program.count > 1 && program.allSatisfy { ProfileFormat.forPath($0) != nil }
    }

    private func compareProfiles(_ paths: [String]) throws {
        let profiles = try paths.map { path in
            (name: path, profile: try reading.read(path))
        }
        let findings = try Comparison.findings(ofProfiles: profiles)
        try report(findings, flames: profiles.map { ($0.name, FlameGraph.root(of: [$0.profile])) })
    }

    // MARK: Designs

    private func compareDesigns() async throws {
        try checkRuns()
        let designs = try chosenDesigns()
        let peers = try chosenPeers()
        let settings = try profiling.settings()
        let interpreter = try Interpreter(profiling.python)
        let program = try ProgramArguments.program(program)
        let runner = try ProgramRunner(program, interpreter: interpreter)
        let installed = await InstalledPeers(peers, interpreter: interpreter)
        let audit = EnvironmentAudit.take(interpreter)
        let calibrations = await Calibrating.supply(
            designs, interpreter: interpreter, clock: settings.clock, selecting: !settings.functions.isEmpty)
        let analyse: ([RoundOutcome]) -> CompareFindings = { outcomes in
            Comparison.findings(
                rounds: outcomes.map { Round(calibrations.added(to: $0)) }, designs: designs.map(\.rawValue) + peers.map(\.rawValue), program: self.program, audit: audit,
                confidence: until == nil ? 0.95 : StoppingRule.confidence)
        }
        var (findings, outcomes) = causal ? try await measureCausally(runner, designs, settings, analyse)
            : try await measure(Rounds(runner, designs: designs, peers: PeerRunner(installed, program: program, interpreter: interpreter), settings: settings), analyse)
        findings.note(installed.presences(over: outcomes))
        findings.caveats += ProgramCaveats.caveats(of: outcomes)
        let flames = findings.designs.map(\.name).map { name in
            (name, FlameGraph.root(of: outcomes.compactMap { $0.runs[name]?.profile }))
        }
        try report(findings, flames: flames)
        throw Ending.status(outcomes.flatMap(\.statuses).max() ?? 0)
    }

    private func chosenDesigns() throws -> [Design] {
        let names = designs.split(separator: ",").map(String.init)
        let chosen = try names.map { name in
            guard let design = Design(rawValue: name) else {
                let known = Design.allCases.map(\.rawValue).joined(separator: ", ")
                throw Ending.usage("there is no design '\(name)'; --designs takes some of: \(known)")
            }
            return design
        }
        guard !chosen.isEmpty, Set(names).count == names.count else {
            throw Ending.usage("--designs wants each design once, such as --designs setprofile,signal")
        }
        return chosen
    }

    private func chosenPeers() throws -> [PeerName] {
        let names = peers.split(separator: ",").map(String.init)
        guard names.isEmpty || !causal else { throw Ending.usage("--causal slows the program for swprof's own designs alone; leave out --peers, or --causal") }
        guard Set(names).count == names.count else { throw Ending.usage("--peers wants each peer once, such as --peers cProfile,py-spy") }
        return try names.map { name in
            guard let peer = PeerName(rawValue: name) else {
                throw Ending.usage("there is no peer '\(name)'; --peers takes some of: \(PeerName.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return peer
        }
    }

    private func checkRuns() throws {
        guard causal || slow.isEmpty else { throw Ending.usage("--slow goes with --causal; add it, or leave --slow out") }
        guard Set(slow).count == slow.count else { throw Ending.usage("--slow wants each function once") }
        if let until {
            guard !causal else { throw Ending.usage("--causal and --until cannot both be; give the number of rounds with --runs") }
            guard runs == nil else { throw Ending.usage("--runs and --until cannot both be; leave one of them out") }
            guard until > 0, until < 1 else { throw Ending.usage("an error of \(until) cannot be waited for; give one between 0 and 1 with --until") }
        } else if let runs, !(1...10_000).contains(runs) {
            throw Ending.usage("\(runs) runs cannot be; give a number from 1 to 10000 with --runs")
        }
    }

    /// Runs all rounds, or with --until as many as it takes, and finds what they say.
    private func measure(
        _ rounds: Rounds, _ findings: ([RoundOutcome]) -> CompareFindings
    ) async throws -> (CompareFindings, [RoundOutcome]) {
        var rounds = rounds
        var outcomes: [RoundOutcome] = []
        for look in until == nil ? [runs ?? 10] : StoppingRule.looks {
            try await add(look - outcomes.count, to: &outcomes, &rounds)
            var found = findings(outcomes)
            guard let until else { return (found, outcomes) }
            let verdict = StoppingRule.verdict(on: found, error: until)
            guard verdict.isReached || look == StoppingRule.looks.last else { continue }
            found.until = verdict
            found.caveats += verdict.caveats
            return (found, outcomes)
        }
        return (findings(outcomes), outcomes)
    }

    /// Runs all rounds with functions slowed in turn, and finds what they say.
    private func measureCausally(
        _ runner: ProgramRunner, _ designs: [Design], _ settings: ProfilingSettings, _ findings: ([RoundOutcome]) -> CompareFindings
    ) async throws -> (CompareFindings, [RoundOutcome]) {
        let count = runs ?? CausalPlan.defaultRounds
        var measurement = CausalMeasurement(runner, designs: designs, settings: settings, names: slow, progress: Progress(total: count))
        let outcomes = try await measurement.run(rounds: count)
        var found = findings(outcomes)
        measurement.complete(&found)
        return (found, outcomes)
    }

    private func add(_ count: Int, to outcomes: inout [RoundOutcome], _ rounds: inout Rounds) async throws {
        let before = outcomes.count
        let progress = Progress(total: before + count)
        defer { progress.clear() }
        for round in before + 1...before + count {
            let outcome = try await rounds.next { progress.show(round: round, arm: $0) }
            if let silent = outcome.runs.first(where: { $0.value.profile == nil }) {
                throw Ending.failure("\(silent.key) captured nothing: the program ended with status \(silent.value.process.status) before its first line ran")
            }
            outcomes.append(outcome)
        }
    }

    // MARK: The report

    private func report(_ findings: CompareFindings, flames: [(design: String, root: FlameNode)]) throws {
        let text = try profiling.json ? JSONReport.encode(findings)
            : TerminalReport.compare(findings, options: .standardError, source: FileSourceText())
        if let output { try Output.write(text, toPath: output) } else { Output.printError(text) }
        if let html = profiling.html {
            try Output.write(HTMLReport.compare(findings, flames: flames, source: FileSourceText()), toPath: html)
            Output.printError("HTML report: \(html.legible())")
        }
    }
}

extension InstalledPeers {
    fileprivate func presences(over rounds: [RoundOutcome]) -> [PeerPresence] {
        names.map { name in
            PeerPresence(
                name: name.rawValue, kind: name.kind, version: version(of: name), failures: rounds.compactMap { $0.peerFailures[name.rawValue] })
        }
    }
}

extension Round {
    /// The numbers of a round, without how it was run.
    fileprivate init(_ outcome: RoundOutcome) {
        let runs = outcome.runs.compactMapValues { run in
            run.profile.map { ProfiledRun(seconds: run.process.seconds, profile: $0) }
        }
        self.init(control: outcome.control, selfTestControl: outcome.selfTestControl, runs: runs)
    }
}
