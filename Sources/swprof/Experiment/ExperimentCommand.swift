import ArgumentParser
import Experiments

/// `swprof experiment`: experiments that are described in a file.
struct ExperimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment", abstract: "Run an experiment that a spec describes, or report its results.",
        subcommands: [
            ExperimentRunCommand.self, ExperimentStatusCommand.self, ExperimentReportCommand.self,
            ExperimentMergeCommand.self,
        ])
}

/// Which experiments, and where their results are.
struct ExperimentOptions: ParsableArguments {
    @Flag(help: "The short form: what the spec's [quick] says.")
    var quick = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: ArgumentHelp("The file of results; else results.sqlite beside the spec.", valueName: "file"))
    var store: String?

    @Argument(help: ArgumentHelp("The spec.toml, or its folder.", valueName: "spec"))
    var specs: [String]

    func files() throws -> [SpecFile] {
        guard store == nil || specs.count == 1 else {
            throw Ending.usage("--store is of one experiment; name one spec")
        }
        return try specs.map { path in try SpecFile(path) }
    }

    func results(of file: SpecFile) -> String { store ?? file.results }
}
