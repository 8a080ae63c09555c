import Capture
import Foundation
import Measuring
import Statistics

/// How often programs whose runs vary alike are called different, by the number of runs of each.
struct ComparedPrograms: Piece {
    static let piece = "compared-programs"
    var name: String { Self.piece }

    /// Few runs have few patterns of labels: then the level is less than 5 %.
    static let asked = Rule.within(0...0.055)

    /// Two programs without a difference: their runs in rounds, or each on its own.
    struct Cell: Sendable {
        var name: String
        var runs: (a: Int, b: Int)
        var arePaired: Bool
        /// By the permutation test of total variation; else by one function's difference, as single runs are.
        var byPermutation = true
    }

    static let cells = [
        Cell(name: "6 rounds", runs: (6, 6), arePaired: true), Cell(name: "10 rounds", runs: (10, 10), arePaired: true),
        Cell(name: "5 runs of each", runs: (5, 5), arePaired: false),
        Cell(name: "5 and 8 runs", runs: (5, 8), arePaired: false),
        Cell(name: "10 runs of each", runs: (10, 10), arePaired: false),
        Cell(name: "one run and 5 of the other, one function", runs: (1, 5), arePaired: false, byPermutation: false),
        Cell(name: "one run and 20 of the other, one function", runs: (1, 20), arePaired: false, byPermutation: false),
    ]

    func measure(in experiment: Experiment) async throws {
        let known = try experiment.store.records(ComparedTally.self, ["piece": name], by: "rowid")
        for (done, cell) in Self.cells.enumerated() where !known.contains(where: { $0.cell == cell.name }) {
            experiment.progress(name, done, Self.cells.count)
            var random = RandomSource(seed: experiment.seed.of(name, cell.name))
            try experiment.store.insert(cell.tally(trials: experiment.extent.draws, using: &random))
        }
    }

    func rows(from store: Store) throws -> [Row] {
        try store.records(ComparedTally.self, ["piece": name], by: "rowid").map { tally in
            let found = Trials(successes: tally.byTotalVariation, count: tally.trials)
            return Row(
                figure: "programs that do not differ do at 5 %, \(tally.cell)", asked: Self.asked.text,
                measured: found.text,
                from: Words.count(tally.trials, "comparison"), verdict: Self.asked.verdict(on: found))
        }
    }
}

extension ComparedPrograms.Cell {
    private static let shares = [0.5, 0.3, 0.15, 0.05]
    /// Standard deviation / mean of each function's time in a run.
    private static let variation = 0.1

    func tally(trials: Int, using random: inout RandomSource) -> ComparedTally {
        var tally = ComparedTally(
            piece: ComparedPrograms.piece, cell: name, n: runs.a, trials: trials, byTotalVariation: 0)
        for _ in 0..<trials {
            let (a, b) = (times(runs.a, &random), times(runs.b, &random))
            if let p = p(a, b, seed: UInt(random.next())), p <= ComparedTally.level { tally.byTotalVariation += 1 }
        }
        return tally
    }

    private func p(_ a: TimesOverRounds, _ b: TimesOverRounds, seed: UInt) -> Double? {
        guard !byPermutation else { return Permutation.totalVariation(a, b, arePaired: arePaired, seed: seed)?.p }
        return Jackknife.independentDifference((a.parts.map { $0[0] }, a.wholes), (b.parts.map { $0[0] }, b.wholes))?.p
    }

    private func times(_ runs: Int, _ random: inout RandomSource) -> TimesOverRounds {
        let parts = (0..<runs).map { _ in Self.shares.map { $0 * exp(Self.variation * random.normal()) } }
        return TimesOverRounds(parts: parts, wholes: parts.map { $0.reduce(0, +) })
    }
}
