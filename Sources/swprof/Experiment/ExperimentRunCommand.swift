import ArgumentParser
import Experiments
import Measuring
import Reports
import Running

/// `swprof experiment run`: measures what is not stored yet.
struct ExperimentRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure what is not stored yet; stopped at any instant, it goes on from there.")

    @OptionGroup var options: ExperimentOptions

    @Option(
        help: ArgumentHelp("Only this block or cell, by the beginning of its id; may be given again.", valueName: "id"))
    var only: [String] = []

    @Flag(help: "Try cells again that were given up.")
    var retry = false

    func run() async throws {
        var plans: [(SpecFile, Plan)] = []
        // All are looked at before anything is run.
        for file in try options.files() {
            plans.append((file, try await Plan(file.spec(quick: options.quick), file: file).only(only)))
        }
        for (file, plan) in plans { try await measure(plan, file) }
    }

    private func measure(_ plan: Plan, _ file: SpecFile) async throws {
        let results = options.results(of: file)
        let store = try Store(writing: results, .experiment)
        var run = try ExperimentRun(
            plan, store: store, quick: options.quick, retry: retry, build: Swprof.configuration.version)
        let progress = Progress()
        defer { progress.clear() }
        let summary = try await run.run { progress.show($0) }
        progress.clear()
        if options.json { Output.printStandard(try JSONReport.encode(ExperimentStatus(plan, store))) }
        Output.printError(Self.words(summary, results))
    }

    private static func words(_ summary: ExperimentRun.Summary, _ results: String) -> String {
        guard summary.measured > 0 else {
            return "nothing to run: \(results) has all runs; measure anew with --store FILE"
        }
        let failed = summary.failed == 0 ? "" : ", of which \(summary.failed) failed"
        return "\(summary.measured) \(summary.measured == 1 ? "run" : "runs")\(failed); results in \(results)"
    }
}
