import Analysis
import ArgumentParser
import Measuring
import ProfileModel
import Reports
import Running

/// `swprof overhead`: what designs cost a program that has passes.
struct OverheadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overhead",
        abstract: "Measure what designs cost a program, each on and off at random in one process.",
        usage:
            "swprof overhead [--designs A,B,…] [-r HZ] [options] SCRIPT[:FUNCTION]|-m MODULE[:FUNCTION]|-c CODE [ARGS…]",
        discussion: """
            The program is loaded as an import would load it, and the function is called without arguments, again and again; \
            where none is named, it is run_pass. One call should take at most 20 ms. What it writes to its standard output is \
            thrown away.
            """)

    @Option(help: ArgumentHelp("The designs, separated by commas.", valueName: "a,b,…"))
    var designs = "signal"

    @Option(
        name: [.short, .long], parsing: .unconditional,
        help: ArgumentHelp("Ticks a second, for samplers.", valueName: "hz"))
    var rate = 1000.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long pairs of on and off are measured, for each design.", valueName: "s"))
    var seconds = 6.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("So many pairs, for up to ten times as long.", valueName: "n"))
    var pairs = 300

    @Option(help: ArgumentHelp("The Python to run with; else the first python3 on the PATH.", valueName: "path"))
    var python: String?

    @Option(help: "Where the random order starts, to have it again.")
    var seed: UInt64?

    @Flag(help: "Write the findings as JSON.")
    var json = false

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Write the findings here.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "In place of a program: the JSON of swprof.overhead(…).passes.", valueName: "file"))
    var passes: String?

    @Flag(name: .customLong("no-start"), help: "Do not measure what start and end take.")
    var isWithoutStart = false

    @Argument(help: "The program and its arguments.")
    var program: [String] = []

    func run() async throws {
        try check()
        let interpreter = try Interpreter(python)
        let measurement = DuetMeasurement(interpreter, measuresStart: !isWithoutStart)
        if let passes {
            guard program.isEmpty else {
                throw Ending.usage(
                    "--passes names passes that were measured already; leave out the program, or --passes")
            }
            return try report(try measurement.findings(ofFile: passes))
        }
        let settings = try await Design.chosen(designs, by: interpreter).map { design in
            DuetSettings(design, rate: rate, seconds: seconds, pairs: pairs, seed: seed ?? .random(in: 0 ... .max))
        }
        let passesProgram = try PassesProgram(try ProgramArguments.program(program))
        try report(try await measurement.findings(of: passesProgram, words: program, settings: settings))
    }

    private func check() throws {
        try Output.checkWritable(output, besides: inputs)
        guard ProfilingOptions.rates.contains(rate) else {
            throw Ending.usage("a rate of \(rate) Hz cannot be kept; give one from 0.01 to 100000 with --rate")
        }
        guard seconds > 0, seconds <= 86_400 else {
            throw Ending.usage(
                "\(seconds) seconds cannot be measured; give a number above 0, up to 86400, with --seconds")
        }
        guard (1...1_000_000).contains(pairs) else {
            throw Ending.usage("\(pairs) pairs cannot be measured; give a number from 1 to 1000000 with --pairs")
        }
    }

    /// The script may be followed by the function that is a pass.
    private var inputs: [String] {
        let script = program.first.map { word in word.lastIndex(of: ":").map { String(word[..<$0]) } ?? word }
        return [passes, program.first, script].compactMap(\.self)
    }

    /// As `compare` reports where a program ran, and as `report` does else.
    private func report(_ findings: OverheadFindings) throws {
        let isOfFile = passes != nil
        let options =
            isOfFile
            ? TerminalOptions(colors: Output.standardTakesColors, width: Output.width(of: 1)) : .standardError
        let text = try json ? JSONReport.encode(findings) : TerminalReport.overhead(findings, options: options)
        if let output {
            try Output.write(text, toPath: output)
        } else if isOfFile || json {
            Output.printStandard(text)
        } else {
            Output.printError(text)
        }
    }
}
