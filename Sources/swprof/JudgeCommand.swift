import Analysis
import ArgumentParser
import Experiments
import Measuring
import Reports
import Running

/// `swprof judge`: what profilers get right, miss and cost, by programs that know their own answer.
struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Say what profilers get right, miss and cost, by programs that know where their time goes.",
        usage: "swprof judge TOOL… [--python PATH] [--quick] [--json] [--markdown FILE] [--html OUT] [--store FILE]",
        discussion: """
            Tools are swprof's own designs and other profilers: \(JudgedTool.names.joined(separator: ", ")). With --store and \
            no tool, the cards are made of what the file has.
            """)

    @Argument(help: ArgumentHelp("The tools to judge.", valueName: "tool"))
    var tools: [String] = []

    @Option(help: ArgumentHelp("The Python to run with; else the first python3 on the PATH.", valueName: "path"))
    var python: String?

    @Flag(help: "Shorter programs and fewer rounds: about two minutes for a tool.")
    var quick = false

    @Flag(help: "Print the cards as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the cards as a Markdown page.", valueName: "file"))
    var markdown: String?

    @Option(help: ArgumentHelp("Write the cards as one HTML file.", valueName: "out"))
    var html: String?

    @Option(
        help: ArgumentHelp("Keep every run in this file of results, and report all that it has.", valueName: "file"))
    var store: String?

    @Option(help: ArgumentHelp("Another battery than swprof's own: its spec.toml, or its folder.", valueName: "spec"))
    var battery: String?

    @Option(help: ArgumentHelp("Only these programs of the battery, separated by commas.", valueName: "a,b,…"))
    var programs = ""

    func run() async throws {
        for path in [markdown, html] { try Output.checkWritable(path, besides: [store, battery].compactMap(\.self)) }
        try Output.checkWritable(store)
        guard Set(tools).count == tools.count else { throw Ending.usage("judge wants each tool once") }
        guard !tools.isEmpty || store != nil else {
            throw Ending.usage(
                "name the tools to judge, some of: \(JudgedTool.names.joined(separator: ", ")); or a file of results with --store"
            )
        }
        let stored = try tools.isEmpty ? Store(reading: store ?? "", .judge) : nil
        let quick = try form(of: stored)
        let path = try battery ?? Installation.batteryPath()
        let battery = try Battery(SpecFile(path), quick: quick).only(programs.split(separator: ",").map(String.init))
        let results: Store
        if let stored { results = stored } else { results = try await measured(battery) }
        try report(try JudgeReport(battery, results).findings(quick: quick))
    }

    /// Whether cards are of the short form: that of a file of results, where it has but one.
    private func form(of stored: Store?) throws -> Bool {
        guard let stored else { return quick }
        let forms = Set(try stored.judgedForms())
        if forms.count > 1 {
            Output.printError(
                "swprof: the file has runs of both forms, of which these cards are of the \(quick ? "short" : "long") one; \(quick ? "leave out --quick" : "--quick") for the other"
            )
        }
        return forms.count == 1 ? forms.contains(true) : quick
    }

    /// Where the runs are, once all that was asked for is measured.
    private func measured(_ battery: Battery) async throws -> Store {
        let judged = try tools.map { try JudgedTool($0, rate: battery.rate) }
        let measurement = try await JudgeMeasurement(
            battery, tools: judged, interpreter: Interpreter(python), build: Swprof.configuration.version, quick: quick)
        let results = try store.map { try Store(writing: $0, .judge) } ?? Store(inMemory: .judge)
        let progress = Progress()
        defer { progress.clear() }
        try await measurement.run(into: results) { progress.show($0) }
        return results
    }

    private func report(_ findings: JudgeFindings) throws {
        if let markdown { try Output.write(MarkdownReport.judge(findings), toPath: markdown) }
        if let html { try Output.write(HTMLReport.judge(findings), toPath: html) }
        if json {
            Output.printStandard(try JSONReport.encode(findings))
        } else if markdown == nil && html == nil {
            let options = TerminalOptions(colors: Output.standardTakesColors, width: Output.width(of: 1))
            Output.printStandard(TerminalReport.judge(findings, options: options))
        }
    }
}
