import ProfileModel
import Statistics

/// Whether intervals cover the truth of the very run that was profiled, in real runs.
struct RealRuns: Piece {
    var name: String { "runs" }

    static let ticks = 1000
    static let schedules: [Schedule] = [.jittered, .poisson]
    /// The runs of a cell that the figure asks for.
    private static let enough = 60

    static func kinds(_ workloads: [Workload]) -> [RunKind] {
        workloads.flatMap { workload in
            schedules.map { RunKind(workload: workload.halved, schedule: $0, aim: ticks) }
        }
    }

    func measure(in experiment: Experiment) async throws {
        try await RunCollecting(experiment: experiment, name: name)
            .collect(Self.kinds(experiment.workloads)) { _, runs, _ in runs >= experiment.extent.runs }
    }

    func rows(from store: Store) throws -> [Row] {
        let cells = try store.cells(Self.schedules.map(\.rawValue), aim: Self.ticks).map(CellCoverage.init)
        let tests = Holm.adjusted(cells.map { $0.picked.tooFew(for: Self.edge($0.cell.schedule)) })
        return zip(cells, tests).map(Self.row)
    }

    private static func row(_ cell: CellCoverage, _ p: Double) -> Row {
        let verdict: Verdict = p < Asked.level ? .missed : cell.picked.count >= enough ? .met : .undecided
        return Row(
            figure: "\(cell.cell.schedule), real runs, \(cell.cell.workload), N = \(cell.cell.aim)",
            asked: "at least \(Words.percent(edge(cell.cell.schedule), 0)), but for chance",
            measured: "\(cell.text); p = \(Words.decimals(p, 3))", from: cell.cell.size, verdict: verdict)
    }

    private static func edge(_ schedule: String) -> Double { schedule == Schedule.jittered.rawValue ? 0.94 : 0.93 }
}
