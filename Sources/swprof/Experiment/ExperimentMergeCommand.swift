import ArgumentParser
import Experiments
import Glibc
import Measuring

/// `swprof experiment merge`: joins what several machines measured.
struct ExperimentMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Add the results of other stores to an experiment's own.",
        usage: "swprof experiment merge SPEC STORE… [--store FILE]")

    @Option(
        help: ArgumentHelp(
            "The file of results that is added to; else results.sqlite beside the spec.", valueName: "file"))
    var store: String?

    @Argument(help: ArgumentHelp("The spec.toml, or its folder.", valueName: "spec"))
    var spec: String

    @Argument(help: ArgumentHelp("The stores to add, each by its file.", valueName: "store"))
    var stores: [String]

    func run() async throws {
        let file = try SpecFile(spec)
        let others = try stores.map { path in (path, try Store(reading: path, .experiment)) }
        let path = store ?? file.results
        let own = try Store(writing: path, .experiment)
        let known = try own.titles().union([file.spec(quick: false).title])
        for (name, other) in others {
            guard let title = try other.titles().subtracting(known).min() else { continue }
            throw Ending.usage(
                "'\(name.legible())' has results of the experiment '\(title.legible())', which is another; give stores of this one"
            )
        }
        for (name, other) in others {
            let added = try own.merge(other)
            Output.printError(
                "\(name): \(added) \(added == 1 ? "measurement" : "measurements") added to \(path)".legible())
        }
    }
}
