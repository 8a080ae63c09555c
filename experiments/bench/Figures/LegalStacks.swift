import Measuring

/// Whether `signal` at 20 kHz ever sees a stack that cannot be, fails to see one, or crashes the program.
///
/// Runs of a minute until 10⁷ samples are together; `experiments/bench/legal_stacks.py` says what is legal.
struct LegalStacks: Figure {
    var name: String { "legal stacks" }

    private static let enoughToJudge = 1_000_000
    private static let enoughForCrashes = 10_000_000
    private static let mostRuns = 20

    /// What the judge says of one run's stacks.
    private struct Judgement: Decodable {
        var stacks, illegal, elsewhere, functions: Int
        var examples: [String]
    }

    /// Sums over runs.
    private struct Tally {
        var runs = 0
        var crashes = 0
        var stacks = 0
        var illegal = 0
        var elsewhere = 0
        var failed = 0
        var looked = 0
        var example: String?
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let write = bench.programs.helper("legal_stacks", "write", bench.programs.folder)
        try await bench.starter.succeed(bench.programs.controlCommand(write))
        var tally = Tally()
        let most = bench.trials(Self.mostRuns)
        while tally.runs < most && tally.stacks < Self.enoughForCrashes {
            try await addRun(to: &tally, in: bench)
            bench.progress(name, tally.runs)
        }
        for row in rows(tally) { bench.report(row) }
    }

    private func addRun<S: Starter>(to tally: inout Tally, in bench: Bench<S>) async throws {
        let script = Script(path: bench.programs.file("legal_program.py"), arguments: ["55"])
        let run = try await bench.starter.run(
            bench.programs.runCommand(design: "signal", rate: 20_000, script: script))
        tally.runs += 1
        guard run.status == 0 else {
            tally.crashes += 1
            tally.example = tally.example ?? "status \(run.status): \(run.lastErrorLine)"
            return
        }
        let judgement = try await judgement(in: bench)
        tally.stacks += judgement.stacks
        tally.illegal += judgement.illegal
        tally.elsewhere += judgement.elsewhere
        tally.example = tally.example ?? judgement.examples.first
        let ledger = try await bench.runReport(of: "signal").ledger
        tally.failed += ledger?.failed ?? 0
        tally.looked += (ledger?.taken ?? 0) + (ledger?.failed ?? 0)
    }

    private func judgement<S: Starter>(in bench: Bench<S>) async throws -> Judgement {
        let programs = bench.programs
        let collapsed = programs.file("legal.collapsed")
        try await bench.starter.succeed(
            Command(executable: programs.swprof, arguments: ["convert", programs.file("signal.pb.gz"), collapsed]))
        let check = programs.helper("legal_stacks", "check", programs.file("legality.json"), collapsed)
        let checked = try await bench.starter.succeed(programs.controlCommand(check))
        return try decoded(Judgement.self, from: checked.output, by: check.path)
    }

    private func rows(_ tally: Tally) -> [Row] {
        let failedPart = tally.looked > 0 ? Double(tally.failed) / Double(tally.looked) : 1
        let enough = tally.stacks >= Self.enoughToJudge
        return [
            Row(
                figure: "impossible stacks at 20 kHz", asked: "none in 10⁶ samples or more",
                measured: "\(tally.illegal) of \(tally.stacks)\(tally.illegal > 0 ? ": \(tally.example ?? "")" : "")",
                from: Words.count(tally.runs, "run"), verdict: tally.illegal > 0 ? .missed : enough ? .met : .undecided,
                value: Double(tally.illegal)),
            Row(
                figure: "failed ticks at 20 kHz", asked: "at most 0.1 %",
                measured: "\(Words.decimals(100 * failedPart, 4)) % of \(tally.looked)",
                from: Words.count(tally.runs, "run"),
                verdict: !enough ? .undecided : failedPart <= 0.001 ? .met : .missed, value: failedPart),
            Row(
                figure: "samples outside the program at 20 kHz", asked: "at most 0.1 %",
                measured: "\(tally.elsewhere) of \(tally.stacks)", from: Words.count(tally.runs, "run"),
                verdict: !enough ? .undecided : tally.elsewhere * 1000 <= tally.stacks ? .met : .missed,
                value: Double(tally.elsewhere)),
            Row(
                figure: "crashes at 20 kHz", asked: "none in 10⁷ samples",
                measured: "\(tally.crashes) in \(tally.stacks)", from: Words.count(tally.runs, "run"),
                verdict: tally.crashes > 0 ? .missed : tally.stacks >= Self.enoughForCrashes ? .met : .undecided,
                value: Double(tally.crashes)),
        ]
    }
}
