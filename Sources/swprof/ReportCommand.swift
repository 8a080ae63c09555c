import Analysis
import ArgumentParser
import ProfileFormats
import Reports

extension TerminalOptions.View: ExpressibleByArgument {}

/// `swprof report`: what a profile says, in another form or from another side.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "report", abstract: "Show a profile that exists already.")

    @Argument(help: "A profile, of swprof or of another tool.")
    var file: String

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the findings as one HTML file.", valueName: "out"))
    var html: String?

    @Option(help: "What to list: function, line, stack, thread or opcode.")
    var by = TerminalOptions.View.function

    @Option(help: ArgumentHelp("Take shares of the time under this function.", valueName: "function"))
    var within: String?

    @Option(parsing: .unconditional, help: "How many rows.")
    var top = 20

    func run() throws {
        guard top > 0 else { throw Ending.usage("--top \(top) shows nothing; give a number from 1 on") }
        try Output.checkWritable(html)
        let profile = try ProfileFormat.read(FileBytes.read(file), path: file)
        let findings = try RunAnalysis.findings(of: profile, within: within)
        let flame = FlameGraph.root(of: [profile])
        if json {
            Output.printStandard(try JSONReport.encode(findings))
        } else if html == nil {
            let options = TerminalOptions(top: top, by: by, colors: Output.standardIsTerminal, width: Output.width(of: 1))
            Output.printStandard(TerminalReport.run(findings, flame: flame, options: options, source: FileSourceText()))
        }
        if let html { try Output.write(HTMLReport.run(findings, flame: flame, source: FileSourceText()), toPath: html) }
    }
}
