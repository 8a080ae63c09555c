import Capture
import Measuring

/// Whether expected-run shares and slowdowns cover in simulated rounds, whose truth is known.
struct Simulated: Piece {
    var name: String { "simulated" }

    static let asked = Rule.within(0.93...0.97)
    private static let variations = [0.02, 0.05, 0.10, 0.20]
    private static let rounds = [5, 10, 30]

    private static var cells: [SimulatedCell] {
        SimulatedCell.Kind.allCases.flatMap { kind in
            SimulatedCell.Shape.allCases.flatMap { shape in
                variations.flatMap { variation in
                    rounds.map { SimulatedCell(kind: kind, shape: shape, variation: variation, rounds: $0) }
                }
            }
        }
    }

    func measure(in experiment: Experiment) async throws {
        for (done, cell) in Self.cells.enumerated() where try !isStored(cell, experiment.store) {
            experiment.progress(name, done, Self.cells.count)
            var random = RandomSource(
                seed: experiment.seed.of(
                    name, cell.kind.rawValue, cell.shape.rawValue, String(cell.variation), String(cell.rounds)))
            let outcome = cell.simulate(experiment.extent.simulations, using: &random)
            try experiment.store.insert(
                SimulatedRecord(
                    kind: cell.kind.rawValue, shape: cell.shape.rawValue, variation: cell.variation,
                    rounds: cell.rounds,
                    trials: outcome.trials.count, covered: outcome.trials.successes, width: outcome.meanWidth))
        }
    }

    private func isStored(_ cell: SimulatedCell, _ store: Store) throws -> Bool {
        try store.has(
            SimulatedRecord.self,
            [
                "kind": cell.kind.rawValue, "shape": cell.shape.rawValue, "variation": cell.variation,
                "rounds": cell.rounds,
            ])
    }

    func rows(from store: Store) throws -> [Row] {
        let stored = try store.records(SimulatedRecord.self, by: "kind", "shape", "variation", "rounds")
        return stored.map { stored in
            let trials = Trials(successes: stored.covered, count: stored.trials)
            return Row(
                figure:
                    "simulated \(stored.kind), \(stored.shape), varying by \(Words.percent(stored.variation, 0)), R = \(stored.rounds)",
                asked: Self.asked.text, measured: "\(trials.text); mean width \(Words.decimals(stored.width, 4))",
                from: Words.count(trials.count, "experiment"), verdict: Self.asked.verdict(on: trials))
        }
    }
}
