import ArgumentParser
import Foundation
import Measuring
import Running

/// `swprof-coverage`: measures what the results file lacks, and prints the table.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measure what is not stored yet, and print the table.",
        discussion: "Ends with 1 where a figure is missed, with 3 where one could not be measured.")

    @Flag var form = Form.quick

    @Option(help: "Only the pieces whose name begins so (see --list).")
    var only: String?

    @Option(help: ArgumentHelp("Only these workloads, separated by commas.", valueName: "a,b,…"))
    var workloads: String?

    @Option(help: ArgumentHelp("Only runs under conditions whose names begin so (see --list).", valueName: "a,b,…"))
    var conditions: String?

    @Option(
        help: ArgumentHelp("Stop at so many runs of each program and condition; what is stored counts.", valueName: "n")
    )
    var runs: Int?

    @Option(help: "The interpreter to measure with.")
    var python = "/usr/bin/python3.11"

    @Option(
        help: ArgumentHelp(
            "Where results are stored; else \(Form.quick.results), or \(Form.full.results) with --full.",
            valueName: "file"))
    var results: String?

    @Option(help: "Where all random numbers start.")
    var seed: UInt64 = 1

    @Flag(help: "Throw the stored results away first.")
    var anew = false

    @Flag(help: "Throw away what was measured of programs that have changed, and measure by today's counts.")
    var refresh = false

    @Flag(help: "List the pieces and the conditions, and measure nothing.")
    var list = false

    func validate() throws {
        try checkPieces(only)
        guard let conditions, PlannedRuns.named(Self.words(conditions)).isEmpty else { return }
        throw ValidationError("no condition's name begins with '\(conditions)'; see them with --list")
    }

    func run() async throws {
        if list {
            for piece in Pieces.all { Terminal.say(piece.name) }
            for planned in PlannedRuns.all {
                Terminal.say("condition: \(planned.arm.condition), \(planned.arm.schedule?.rawValue ?? "")")
            }
            return
        }
        let experiment: Experiment
        do { experiment = try await begin() } catch {
            complain("\(error)")
            throw ExitCode(3)
        }
        var failed = false
        for piece in Pieces.named(only) {
            do {
                try await piece.measure(in: experiment)
            } catch {
                complain("\(piece.name): \(error)")
                failed = true
            }
        }
        try oneLined {
            try experiment.store.settle()
            try report(experiment.store)
        }
        if failed { throw ExitCode(3) }
    }

    private func begin() async throws -> Experiment {
        let path = results ?? form.results
        let chosen = try workloads.map { try Workload.named(Self.words($0)) } ?? Workload.known
        let interpreters = try await Interpreters(python)
        if anew { try? FileManager.default.removeItem(atPath: path) }
        let store = try Store(writing: path, .coverage)
        let seed = Seed(base: seed)
        if refresh { try store.forgetChanged() }
        try store.settle(form.extent, seed)
        return Experiment(
            store: store, extent: form.extent, seed: seed, starter: InterpreterStarter(interpreters: interpreters),
            workloads: chosen, planned: PlannedRuns.named(conditions.map(Self.words) ?? []), mostRuns: runs,
            session: try store.beginSession(audit: EnvironmentAudit.take(interpreters.usual)),
            progress: { what, done, all in Terminal.show("\(what): \(done) of \(all)") }, skip: complain)
    }

    private static func words(_ list: String) -> [String] { list.split(separator: ",").map(String.init) }

    private func report(_ store: Store) throws {
        let report = try Report(store, Pieces.named(only))
        for line in report.lines { Terminal.say(line) }
        if report.missed > 0 { throw ExitCode(1) }
    }
}
