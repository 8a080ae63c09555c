import Measuring

/// Whether a sleep of two seconds after busy work is charged to the line that sleeps.
struct SleepAfterBusy: Figure {
    var name: String { "sleep" }

    /// What the program says of its own run.
    private struct Sleep: Decodable {
        var line: Int
        /// Seconds.
        var slept: Double
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let trials = bench.trials(5)
        var errors: [Double] = []
        for trial in 1...trials {
            errors.append(try await relativeError(in: bench))
            bench.progress(name, trial)
        }
        let worst = errors.max { abs($0) < abs($1) } ?? .infinity
        bench.report(
            Row(
                figure: "2 s of sleep charged to its line by signal", asked: "within 1 % in every run",
                measured: "worst run off by \(Words.decimals(100 * worst, 2)) %", from: Words.count(trials, "trial"),
                verdict: abs(worst) <= 0.01 ? .met : .missed, value: worst))
    }

    /// (Seconds charged to the line − seconds slept) / seconds slept, of one run.
    private func relativeError<S: Starter>(in bench: Bench<S>) async throws -> Double {
        let script = bench.programs.helper("sleep_after_busy")
        let run = try await bench.starter.succeed(
            bench.programs.runCommand(design: "signal", rate: 1000, script: script))
        let truth = try decoded(Sleep.self, from: run.output, by: script.path)
        let report = try await bench.runReport(of: "signal")
        let charged = report.line(truth.line, of: script.path)?.seconds ?? 0
        return (charged - truth.slept) / truth.slept
    }
}

extension Bench {
    /// The analysis of the profile that `runCommand` has left for a design.
    func runReport(of design: String, within function: String? = nil) async throws -> RunReport {
        var arguments = ["report", programs.file("\(design).pb.gz"), "--json"]
        if let function { arguments += ["--within", function] }
        let command = Command(executable: programs.swprof, arguments: arguments)
        return try decoded(RunReport.self, from: try await starter.succeed(command).output, by: command.line)
    }
}
