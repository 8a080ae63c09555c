import ArgumentParser
import FoundationEssentials
import Measuring
import Running
import Synchronization

/// Measures the figures that swprof promises, in rounds, and says which are met.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swprof-bench",
        abstract: "Measures swprof's figures in rounds, and says which are met. Run it from the repository's root.",
        discussion: "Results go to .build/bench/results.json. Ends with 1 where a figure is missed or failed.")

    @Option(help: "Only the figures whose name begins so (see --list).")
    var only: String?

    @Option(help: "This many rounds, for a quick look; else 20 to 80, as the figures need.")
    var rounds: Int?

    @Option(help: "The interpreter to measure with.")
    var python = "/usr/bin/python3.11"

    @Flag(help: "List the figures and measure nothing.")
    var list = false

    func validate() throws {
        if let rounds, !(1...10_000).contains(rounds) {
            throw ValidationError("--rounds must be from 1 to 10000")
        }
        if Figures.named(only).isEmpty {
            throw ValidationError("no figure's name begins with '\(only ?? "")': see --list")
        }
    }

    func run() async throws {
        if list {
            for figure in Figures.all { print(figure.name) }
            return
        }
        let clean = try await measure(Figures.named(only))
        if !clean { throw ExitCode(1) }
    }

    /// Measures the figures one after another; whether none was missed and none failed.
    private func measure(_ figures: [any Figure]) async throws -> Bool {
        let programs = Programs(python: python, launch: try LaunchFolder())
        try prepare(programs)
        let starter = ProcessStarter()
        let results = Mutex(ResultsFile(environment: try await surroundings()))
        let table = ResultTable(Row.header, widths: [50, 34, 42, 9])
        let bench = Bench(
            programs: programs, starter: starter, rule: rounds.map(StoppingRule.exactly) ?? StoppingRule(),
            quick: rounds,
            report: { row in
                Terminal.say(table.line(row.cells))
                results.withLock { $0.rows.append(row) }
            },
            keep: { name, rounds in results.withLock { $0.keep(rounds, of: name) } },
            progress: { figure, round in Terminal.show("\(figure): round \(round)") })
        Terminal.say(table.headerLine)
        for figure in figures {
            await measure(figure, in: bench)
            try results.withLock { $0 }.write(to: programs.file("results.json"))
        }
        return results.withLock { $0.rows.allSatisfy { $0.verdict != .missed && $0.verdict != .failed } }
    }

    /// Measures a figure; where that fails, the table says why and the bench goes on.
    private func measure<S: Starter>(_ figure: any Figure, in bench: Bench<S>) async {
        do {
            try await figure.measure(in: bench)
        } catch {
            bench.report(
                Row(figure: figure.name, asked: "", measured: "\(error)", from: "", verdict: .failed))
        }
    }

    /// The machine and the interpreter that the figures hold for.
    private func surroundings() async throws -> [String: String] {
        let interpreter = try Interpreter(python)
        let facts = try await interpreter.facts()
        var audit = EnvironmentAudit.take(interpreter)
        (audit["python"], audit["date"]) = ("\(facts.implementation) \(facts.python)", Date.now.formatted(.iso8601))
        return audit
    }

    private func prepare(_ programs: Programs) throws {
        guard FileManager.default.fileExists(atPath: Programs.recursion.path) else {
            throw ValidationError("\(Programs.recursion.path) is not here: run it from the repository's root")
        }
        do {
            try FileManager.default.createDirectory(atPath: programs.folder, withIntermediateDirectories: true)
        } catch {
            throw ValidationError("cannot make \(programs.folder): is the folder writable?")
        }
    }
}
