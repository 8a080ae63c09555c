import ArgumentParser
import Experiments
import Measuring
import ProfileFormats
import Reports

/// `swprof experiment report`: what the stored results say.
struct ExperimentReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print what the stored results say, and what of them is stale.",
        discussion: "Without --csv every measurement is written beside the results, as results.csv.")

    @OptionGroup var options: ExperimentOptions

    @Option(help: ArgumentHelp("Write every measurement as comma-separated values here.", valueName: "file"))
    var csv: String?

    @Option(help: ArgumentHelp("Write every share of every run as comma-separated values here.", valueName: "file"))
    var shares: String?

    func run() async throws {
        guard csv == nil && shares == nil || options.specs.count == 1 else {
            throw Ending.usage("--csv and --shares are of one experiment; name one spec")
        }
        for file in try options.files() {
            let results = options.results(of: file)
            let store = try Store(reading: results, .experiment)
            let path = csv ?? (results.hasSuffix(".sqlite") ? String(results.dropLast(7)) : results) + ".csv"
            for path in [path, shares] { try Output.checkWritable(path, besides: [results, file.path]) }
            // Of a million measurements either takes seconds.
            async let table = Store(reading: results, .experiment).tidyTable()
            let findings = try ExperimentReport.findings(store, file)
            let terminal = TerminalOptions(colors: Output.standardTakesColors, width: Output.width(of: 1))
            Output.printStandard(
                try options.json ? JSONReport.encode(findings) : TerminalReport.experiment(findings, options: terminal))
            try await FileBytes.write(table, to: path)
            if let shares { try FileBytes.write(store.tidyShares(), to: shares) }
            Output.printError("every measurement: \(path.legible())")
        }
    }
}
