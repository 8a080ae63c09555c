import Analysis
import ArgumentParser
import Measuring
import ProfileModel
import Reports
import Running

/// `swprof gate`: whether a change made a program slower, for continuous integration.
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Say whether a change made a program slower: pass (0), fail (1) or undecided (75).",
        usage: """
            swprof gate --baseline REF [options] -- SCRIPT|-m MODULE|-c CODE [ARGS…]
            swprof gate --before CMD [options] -- SCRIPT|-m MODULE|-c CODE [ARGS…]
            """,
        discussion: """
            Both versions are run in rounds of random order, the one before twice in each, until it is certain, or the budget \
            is spent. What the program writes to its standard output is thrown away.
            """)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Compare with this commit of the git repository, checked out into a temporary folder.", valueName: "ref"))
    var baseline: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Compare with this command, as one word.", valueName: "cmd"))
    var before: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Seconds that it may take.", valueName: "s"))
    var budget = 180.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The least slowdown of the whole program that matters. (default: 1 %)", valueName: "part"),
        transform: Part.parse)
    var slowdown = Part(0.01)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The least growth of one function's own time that matters, as a part of the whole program's. (default: 0.5 %)",
            valueName: "part"),
        transform: Part.parse)
    var function = Part(0.005)

    @Option(
        name: [.short, .long], parsing: .unconditional,
        help: ArgumentHelp("Samples a second of every run.", valueName: "hz"))
    var rate = 1000.0

    @Option(help: "What the time is: wall or cpu.")
    var clock = Clock.wall

    @Option(help: ArgumentHelp("The Python to run with; else the first python3 on the PATH.", valueName: "path"))
    var python: String?

    @Option(help: "Where the random order starts, to have it again.")
    var seed: UInt64?

    @Flag(help: "Print the findings as JSON to standard output.")
    var json = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the report here (with --json, the JSON).", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Also write the report as Markdown, for a pull request.", valueName: "file"))
    var markdown: String?

    @Option(help: ArgumentHelp("Also write the report as JUnit's XML.", valueName: "file"))
    var junit: String?

    @Argument(help: "The program and its arguments, python in front of it or not.")
    var program: [String] = []

    func run() async throws {
        let settings = try settings()
        let after = try GatedCommand(program, python: python, isOnCommandLine: true)
        let findings = try await findings(after, settings)
        try report(findings)
        switch findings.verdict {
        case .pass: return
        case .fail: throw Ending.status(1)
        case .undecided: throw Ending.status(75)
        }
    }

    private func settings() throws -> GateSettings {
        let inputs = program + (before.map { (try? ShellWords.split($0)) ?? [] } ?? [])
        for path in [output, markdown, junit] { try Output.checkWritable(path, besides: inputs) }
        guard (baseline == nil) != (before == nil) else {
            throw Ending.usage(
                "a gate compares two versions: name a commit with --baseline, or a command with --before, and not both")
        }
        guard budget > 0, budget <= 86_400 else {
            throw Ending.usage(
                "a budget of \(budget) s cannot be kept; give seconds above 0, up to 86400, with --budget")
        }
        guard ProfilingOptions.rates.contains(rate) else {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
        var settings = seed.map { GateSettings(seed: $0) } ?? GateSettings()
        (settings.budget, settings.rate, settings.clock) = (budget, rate, clock)
        settings.limits = GateLimits(slowdown: slowdown.value, function: function.value)
        return settings
    }

    private func findings(_ after: GatedCommand, _ settings: GateSettings) async throws -> GateFindings {
        if let before {
            let old = try GatedCommand(ShellWords.split(before), python: python, isOnCommandLine: false)
            return try await GateMeasurement(
                before: old.version("the version before"), after: after.version("the new version"), settings: settings
            ).findings()
        }
        let tree = try await BaselineTree(baseline ?? "")
        let old = Result { try after.version("the baseline", in: tree) }
        if case .failure = old { await tree.remove() }
        return try await GateMeasurement(
            before: try old.get(), after: after.version("the new version", root: tree.root),
            settings: settings
        ).findings(from: tree)
    }

    private func report(_ findings: GateFindings) throws {
        let text = try json ? JSONReport.encode(findings) : TerminalReport.gate(findings, options: .standardError)
        if let output {
            try Output.write(text, toPath: output)
        } else if json {
            Output.printStandard(text)
        } else {
            Output.printError(text)
        }
        if let markdown { try Output.write(GateMarkdown.text(findings), toPath: markdown) }
        if let junit { try Output.write(GateJUnit.text(findings), toPath: junit) }
    }
}

/// A part of something: `1%` or `0.01`.
struct Part: CustomStringConvertible {
    let value: Double

    init(_ value: Double) { self.value = value }

    /// Throws what the option's value may be.
    static func parse(_ argument: String) throws -> Part {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number > 0,
            number < (isPercent ? 1000 : 10)
        else {
            throw ValidationError("give a part above 0% and under 1000%, such as 1% or 0.01")
        }
        return Part(isPercent ? number / 100 : number)
    }

    var description: String { "\((value * 1e6).rounded() / 1e4)%" }
}
