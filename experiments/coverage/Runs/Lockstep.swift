import Measuring
import ProfileModel

/// Whether a periodic sampler says so where the program is in step with it, and only there.
struct Lockstep: Piece {
    var name: String { "lockstep" }

    private static let ticks = 5000
    private static let enough = 300

    func measure(in experiment: Experiment) async throws {
        let workloads = experiment.firstWorkloads
        let inStep = workloads.contains(.lockstep) ? Workload.inStep(ticks: Self.ticks) : []
        let kinds = (inStep + workloads.filter { $0 != .lockstep })
            .map { RunKind(workload: $0, aim: Self.ticks, arm: .run(.periodic)) }
        try await RunCollecting(experiment: experiment, name: name).collect(kinds) { kind, runs, _ in
            runs >= (inStep.contains(kind.workload) ? experiment.extent.lockstepRuns : experiment.extent.alarmRuns)
        }
    }

    func rows(from store: Store) throws -> [Row] {
        let cells = try store.cells([.periodic], aim: Self.ticks)
        let isInStep = { (cell: StoredCell) in cell.workload.hasPrefix(Workload.lockstep.name) }
        let single = cells.map { cell in
            Row(
                figure: "periodic, \(cell.workload)", asked: "",
                measured: "\(Self.caught(cell).text) said to be in step",
                from: cell.size, verdict: nil)
        }
        return single
            + [
                Self.row("periodic, lockstep is caught", cells.filter(isInStep), "at least 99 %") { $0 >= 0.99 },
                Self.row("periodic, false alarms", cells.filter { !isInStep($0) }, "at most 5 %") { $0 <= 0.05 },
            ].compactMap { $0 }
    }

    private static func caught(_ cell: StoredCell) -> Trials {
        Trials(successes: cell.runs.count(where: \.aliasing), count: cell.runs.count)
    }

    private static func row(_ figure: String, _ cells: [StoredCell], _ asked: String, isMet: (Double) -> Bool) -> Row? {
        let trials = cells.map(caught).reduce(Trials(successes: 0, count: 0), +)
        guard let part = trials.part else { return nil }
        return Row(
            figure: figure, asked: asked, measured: trials.text, from: Words.count(trials.count, "run"),
            verdict: trials.count < enough ? .undecided : isMet(part) ? .met : .missed)
    }
}
