import Analysis
import ArgumentParser
import Measuring
import ProfileFormats
import ProfileModel
import Reports
import Running

/// `swprof compare`: several designs on the same program, against an unprofiled control; or profiles
/// that exist already.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare designs on one program, two versions of a program, or profiles that exist already.",
        usage: """
            swprof compare [--designs A,B,…] [--peers P,Q,…] [--runs N | --until ERROR] [--causal] [options] SCRIPT|-m MODULE|-c CODE [ARGS…]
            swprof compare --before CMD [--map OLD=NEW] [--runs N] [options] -- SCRIPT|-m MODULE|-c CODE [ARGS…]
            swprof compare [--map OLD=NEW] [options] OLD NEW
            swprof compare [options] FILE FILE…
            """)

    @Option(
        help: ArgumentHelp(
            "The designs, separated by commas; with --before, the one to profile both versions by. (default: \(Self.usualDesigns); signal)",
            valueName: "a,b,…"))
    var designs: String?

    static let usualDesigns = "setprofile,signal,gil"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Tell what a change did: the command of the version before, as one word. Each round runs it twice and the new version once.",
            valueName: "cmd"))
    var before: String?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "A file or a folder that was renamed, from the program's folder on; may be given again.",
            valueName: "old=new"))
    var renamed: [String] = []

    @Option(
        help: ArgumentHelp(
            "Other profilers to run beside them, separated by commas: \(PeerName.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "p,q,…"))
    var peers = ""

    @Option(
        parsing: .unconditional,
        help: "Rounds: each runs the program once under every design and twice without. (default: 10)")
    var runs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Run until no share's interval reaches further than this, looking after 5, 10, 20, 40 and 80 rounds.",
            valueName: "error"))
    var until: Double?

    @Flag(help: "With --until, wait for the intervals of the slowdowns, too.")
    var slowdowns = false

    @Flag(
        help:
            "Also slow the program's hottest functions by known amounts, and tell whether each design's profile moves as it must. (rounds by default: 5)"
    )
    var causal = false

    @Option(
        help: ArgumentHelp(
            "With --causal, slow this function; may be given several times. (default: up to 3 of the hottest)",
            valueName: "function"))
    var slow: [String] = []

    @OptionGroup var profiling: ProfilingOptions
    @OptionGroup var reading: ReadingOptions

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the report here (with --json, the JSON); - is standard output.", valueName: "file"))
    var output: String?

    @Argument(help: "The program and its arguments, or profiles.")
    var program: [String] = []

    func run() async throws {
        for path in [output, profiling.html] { try Output.checkWritable(path, besides: program) }
        try Output.checkApart(output, profiling.html)
        if before != nil {
            try await compareVersions()
        } else if namesProfiles {
            guard program.count > 1 else {
                throw Ending.usage("'\(program[0])' is a profile; give another to compare it with, or a program")
            }
            guard until == nil, runs == nil else {
                throw Ending.usage("profiles that exist already are of one run each; leave out --runs and --until")
            }
            guard peers.isEmpty else {
                throw Ending.usage(
                    "profiles that exist already are run by nobody; leave out --peers, or name a program")
            }
            guard !causal, slow.isEmpty else {
                throw Ending.usage(
                    "profiles that exist already cannot be slowed; leave out --causal and --slow, or name a program")
            }
            guard designs == nil, !slowdowns, profiling.functions.isEmpty else {
                throw Ending.usage(
                    "profiles that exist already have their designs; leave out --designs, --slowdowns and --trace, or name a program"
                )
            }
            try compareProfiles(program)
        } else {
            try await compareDesigns()
        }
    }

    // MARK: Profiles that exist

    /// Whether the words name profiles and no program: what is a profile by its content is none, nor what has its ending.
    private var namesProfiles: Bool {
        guard let first = program.first, !["-m", "-c"].contains(first), !PythonSource.hasEnding(first) else {
            return false
        }
        if reading.from != nil || reading.type != nil { return true }
        return ProfileFormat.isProfile(first)
            || program.count > 1 && program.allSatisfy { ProfileFormat.forPath($0) != nil }
    }

    private func compareProfiles(_ paths: [String]) throws {
        let profiles = try paths.map { path in
            (name: path, profile: try reading.read(path))
        }
        let findings = try Comparison.findings(
            ofProfiles: SourceAtHand.marked(profiles), renamed: renamedPaths(profiles: paths.count))
        try report(findings, flames: profiles.map { ($0.name, FlameTable(of: [$0.profile])) })
    }

    // MARK: Designs

    private func compareDesigns() async throws {
        try checkRuns()
        guard renamed.isEmpty else {
            throw Ending.usage("--map goes with two versions: name two profiles, or a command with --before")
        }
        warnOfFewRounds()
        let peers = try chosenPeers()
        let named = try ProgramArguments.program(program)
        let interpreter = try Interpreter(profiling.python ?? named.interpreter)
        let designs = try await Design.chosen(self.designs ?? Self.usualDesigns, by: interpreter)
        let settings = try profiling.settings(designs)
        let measurement = try CompareMeasurement(
            named, words: program, interpreter: interpreter, designs: designs, peers: peers,
            settings: settings, extent: extent)
        let compared = try await measurement.run()
        try report(compared.findings, profiles: compared.profiles)
        throw Ending.status(compared.status)
    }

    private var extent: CompareMeasurement.Extent {
        if causal { return .causal(rounds: runs ?? CausalPlan.defaultRounds, names: slow) }
        return until.map { .until(error: $0, slowdowns: slowdowns) } ?? .rounds(runs ?? 10)
    }

    private func chosenPeers() throws -> [PeerName] {
        let names = peers.split(separator: ",").map(String.init)
        guard names.isEmpty || !causal else {
            throw Ending.usage(
                "--causal slows the program for swprof's own designs alone; leave out --peers, or --causal")
        }
        guard Set(names).count == names.count else {
            throw Ending.usage("--peers wants each peer once, such as --peers cProfile,py-spy")
        }
        return try names.map { name in
            guard let peer = PeerName(rawValue: name) else {
                throw Ending.usage(
                    "there is no peer '\(name)'; --peers takes some of: \(PeerName.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            return peer
        }
    }

    func checkRuns() throws {
        guard causal || slow.isEmpty else {
            throw Ending.usage("--slow goes with --causal; add it, or leave --slow out")
        }
        guard until != nil || !slowdowns else {
            throw Ending.usage("--slowdowns goes with --until; add it, or leave --slowdowns out")
        }
        guard Set(slow).count == slow.count else { throw Ending.usage("--slow wants each function once") }
        if let until {
            guard !causal else {
                throw Ending.usage("--causal and --until cannot both be; give the number of rounds with --runs")
            }
            guard runs == nil else { throw Ending.usage("--runs and --until cannot both be; leave one of them out") }
            guard until > 0, until < 1 else {
                throw Ending.usage("an error of \(until) cannot be waited for; give one between 0 and 1 with --until")
            }
        } else if let runs, !(1...10_000).contains(runs) {
            throw Ending.usage("\(runs) runs cannot be; give a number from 1 to 10000 with --runs")
        }
    }

    /// Before the first run: what follows takes long.
    private func warnOfFewRounds() {
        guard causal, let runs, runs < CausalPlan.fewestRounds else { return }
        let few = CausalPlan.fewestRounds
        Output.printError(
            "swprof: --causal cannot tell whether designs follow from fewer than \(few) rounds; give at least --runs \(few)"
        )
    }

    // MARK: The report

    /// - Parameter profiles: of the runs of a design, or a version, by its name.
    func report(_ findings: CompareFindings, profiles: (String) -> [Profile]) throws {
        try report(findings, flames: findings.designs.map { ($0.name, FlameTable(of: profiles($0.name))) })
    }

    /// - Parameter flames: only made where a page is asked for.
    func report(
        _ findings: CompareFindings, flames: @autoclosure () -> [(design: String, table: FlameTable)]
    ) throws {
        let text =
            try profiling.json
            ? JSONReport.encode(findings)
            : TerminalReport.compare(findings, options: .standardError, source: FileSourceText())
        if let output {
            try Output.write(text, toPath: output)
        } else if profiling.json {
            Output.printStandard(text)
        } else {
            Output.printError(text)
        }
        if let html = profiling.html {
            try Output.write(HTMLReport.compare(findings, flames: flames(), source: FileSourceText()), toPath: html)
            Output.printError("HTML report: \(html.legible())")
        }
    }
}
