import Measuring
import Statistics

/// The rows of real runs at 1 kHz: for each condition all programs together, each program, and what was lost.
struct ConditionRows {
    private let groups: [[StoredCell]]
    /// By group and cell, for each program.
    private let coverages: [[CellCoverage]]
    private let adjusted: [[Double]]

    /// What is asked of all programs together, and of each: an exact test against the edge, adjusted over all (Holm).
    private static let pooledEdge = 0.94
    private static let edge = 0.90
    /// The runs of a cell that decide: as many as the conditions that get fewer have.
    private static let enough = 20
    /// Ticks that may be lost where the profiler's thread has a free processor, and where it has not.
    private static let lostWithFree = 0.005
    private static let lostWithout = 0.02

    /// - Parameter cells: in any order; those of one condition and schedule need not stand together.
    init(_ cells: [StoredCell]) {
        groups = PlannedRuns.all.map { planned in
            cells.filter { $0.arm == planned.arm }
        }
        let coverages = groups.map { $0.map(CellCoverage.init) }
        var tests = Holm.adjusted(coverages.joined().map { $0.picked.tooFew(for: Self.edge) })[...]
        adjusted = coverages.map { group in
            defer { tests = tests.dropFirst(group.count) }
            return Array(tests.prefix(group.count))
        }
        self.coverages = coverages
    }

    var rows: [Row] {
        let measured = PlannedRuns.all.indices.filter { !groups[$0].isEmpty }
        let pooledTests = Holm.adjusted(measured.map { pooled($0).tooFew(for: Self.pooledEdge) })
        return zip(measured, pooledTests).flatMap { index, p in
            [pooledRow(index, p), biasRow(index), lostRow(index)]
                + zip(coverages[index], adjusted[index]).map { programRow(index, $0, $1) }
        }
    }

    private func title(_ index: Int) -> String {
        "\(PlannedRuns.all[index].arm.schedule?.rawValue ?? ""), real runs, \(PlannedRuns.all[index].arm.condition)"
    }

    private func pooled(_ index: Int) -> Trials {
        coverages[index].map(\.picked).reduce(Trials(successes: 0, count: 0), +)
    }

    private func isEnough(_ index: Int) -> Bool { groups[index].allSatisfy { $0.runs.count >= Self.enough } }

    private func size(_ index: Int) -> String {
        "\(Words.count(groups[index].reduce(0) { $0 + $1.runs.count }, "run")) of \(Words.count(groups[index].count, "program"))"
    }

    private func pooledRow(_ index: Int, _ p: Double) -> Row {
        let all = ClusteredMean.of(groups[index].flatMap(\.runs).map(\.coveredPart))
        return Row(
            figure: "\(title(index)), all programs",
            asked: "at least \(Words.percent(Self.pooledEdge, 0)), but for chance",
            measured: "\(pooled(index).text)\(all.map { "; " + Words.all($0) } ?? ""); p = \(Words.decimals(p, 3))",
            from: size(index), verdict: p < Rule.level ? .missed : isEnough(index) ? .met : .undecided)
    }

    private func programRow(_ index: Int, _ cell: CellCoverage, _ p: Double) -> Row {
        Row(
            figure: "\(title(index)), \(cell.cell.workload)",
            asked: "at least \(Words.percent(Self.edge, 0)), but for chance",
            measured: "\(cell.text); p = \(Words.decimals(p, 3))", from: cell.cell.size,
            verdict: p < Rule.level ? .missed : cell.picked.count >= Self.enough ? .met : .undecided)
    }

    private func biasRow(_ index: Int) -> Row {
        let biases = groups[index].compactMap(ProgramBias.init)
        let furthest = biases.max { abs($0.error) < abs($1.error) }
        let over = biases.filter { !$0.isAllowed }.map(\.workload)
        return Row(
            figure: "\(title(index)), bias", asked: "at most 0.5 points or twice its standard error, in each program",
            measured: (furthest.map { "furthest \($0.text)" } ?? "none")
                + (over.isEmpty ? "" : "; over in \(over.joined(separator: ", "))"),
            from: size(index), verdict: !over.isEmpty ? .missed : isEnough(index) ? .met : .undecided)
    }

    private func lostRow(_ index: Int) -> Row {
        let most = PlannedRuns.all[index].arm.surroundings.hasFreeProcessor ? Self.lostWithFree : Self.lostWithout
        let runs = groups[index].flatMap(\.runs)
        let lost = Jackknife.share(runs.map { Double($0.lost) }, of: runs.map { Double($0.due) })
        let worst = groups[index].max { $0.lostPart < $1.lostPart }
        let isMet = worst.map { $0.lostPart <= most } ?? false
        return Row(
            figure: "\(title(index)), lost ticks", asked: "at most \(Words.percent(most)) in each program",
            measured: lost.map {
                "\(Words.percent($0.value, 2)) \(Words.percent($0.bounds, 2))"
                    + (worst.map { "; most \($0.workload) \(Words.percent($0.lostPart, 2))" } ?? "")
            } ?? "none",
            from: size(index), verdict: !isEnough(index) ? .undecided : isMet ? .met : .missed)
    }
}
