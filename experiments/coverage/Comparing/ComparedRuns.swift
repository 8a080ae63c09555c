import Analysis
import Capture
import Measuring
import ProfileModel

/// How often two single runs of one timeline are called different, for every mixture of phases.
struct ComparedRuns: Piece {
    static let piece = "compared-runs"
    var name: String { Self.piece }

    static let asked = Rule.within(0.04...0.065)
    private static let ticks = [300, 1000, 5000]

    private static var cells: [(mixture: PhaseMixture, ticks: Int)] {
        PhaseMixture.all.flatMap { mixture in ticks.map { (mixture, $0) } }
    }

    func measure(in experiment: Experiment) async throws {
        let known = try experiment.store.records(ComparedTally.self, ["piece": name], by: "rowid")
        for (done, (mixture, ticks)) in Self.cells.enumerated()
        where !known.contains(where: { $0.cell == mixture.name && $0.n == ticks }) {
            experiment.progress(name, done, Self.cells.count)
            var random = RandomSource(seed: experiment.seed.of(name, mixture.name, String(ticks)))
            try experiment.store.insert(Self.tally(mixture, ticks, trials: experiment.extent.draws, using: &random))
        }
    }

    /// Compares two runs of a new timeline again and again, as `swprof compare FILE FILE` does.
    static func tally(_ mixture: PhaseMixture, _ ticks: Int, trials: Int, using random: inout RandomSource) throws
        -> ComparedTally
    {
        var tally = ComparedTally(
            piece: ComparedRuns.piece, cell: mixture.name, n: ticks, trials: trials, byTotalVariation: 0, byG: 0)
        let run = SimulatedRun(functions: mixture.functions)
        for _ in 0..<trials {
            let timeline = mixture.timeline(ticks + 1, using: &random)
            let runs = ["a", "b"].map { ($0, run.profile(of: timeline, ticks: ticks, using: &random)) }
            guard let agreement = try Comparison.findings(ofProfiles: runs).agreement.first else { continue }
            if agreement.p.map({ $0 <= ComparedTally.level }) ?? false { tally.byTotalVariation += 1 }
            if agreement.g.map({ $0.p <= ComparedTally.level }) ?? false { tally.byG? += 1 }
        }
        return tally
    }

    func rows(from store: Store) throws -> [Row] {
        try store.records(ComparedTally.self, ["piece": name], by: "rowid").map { tally in
            let byG = Trials(successes: tally.byG ?? 0, count: tally.trials)
            return Row(
                figure: "two runs of one timeline differ at 5 %, \(tally.cell), N = \(tally.n)", asked: Self.asked.text,
                measured: "by G \(byG.text); by total variation "
                    + Trials(successes: tally.byTotalVariation, count: tally.trials).text,
                from: Words.count(tally.trials, "pair"), verdict: Self.asked.verdict(on: byG))
        }
    }
}
