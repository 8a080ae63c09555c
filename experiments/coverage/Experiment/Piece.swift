import Measuring

/// One of the questions that the experiment answers.
protocol Piece: Sendable {
    /// What `--only` takes.
    var name: String { get }
    /// Measures what the store does not have yet.
    func measure(in experiment: Experiment) async throws
    /// The lines of the table, from the store alone; none where nothing is measured.
    func rows(from store: Store) throws -> [Row]
}

/// Every question, the quick ones first.
enum Pieces {
    static let all: [any Piece] = [
        Enumerated(), Simultaneous(), Simulated(), ComparedRuns(), ComparedPrograms(), Drawn(), Lockstep(),
        RealComparisons(), RealRuns(), Blocks(), Bias(),
    ]

    /// Those whose name begins with `prefix`; all where there is none.
    static func named(_ prefix: String?) -> [any Piece] {
        guard let prefix else { return all }
        return all.filter { $0.name.hasPrefix(prefix) }
    }
}
