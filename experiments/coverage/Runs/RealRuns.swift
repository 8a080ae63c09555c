import Measuring
import ProfileModel
import Statistics

/// Whether intervals cover the truth of the very run that was profiled, in real runs at 1 kHz, under each condition.
struct RealRuns: Piece {
    var name: String { "runs" }

    func measure(in experiment: Experiment) async throws {
        var failure: (any Error)?
        for planned in experiment.planned {
            // A condition that fails must not keep the others from being measured.
            do { try await measure(planned, in: experiment) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func measure(_ planned: PlannedRuns, in experiment: Experiment) async throws {
        let kinds = await possible(
            planned.kinds(experiment.workloads, every: experiment.extent.everyWorkload), in: experiment)
        let runs = min(planned.runs(experiment.extent), experiment.mostRuns ?? .max)
        let pending = try kinds.filter { try experiment.store.extent(of: $0).runs < runs }
        guard !pending.isEmpty else { return }
        let neighbours = try experiment.starter.neighbours(planned.arm.surroundings.load)
        defer { withExtendedLifetime(neighbours) {} }
        try await RunCollecting(experiment: experiment, name: "\(name), \(planned.arm.condition)")
            .collect(pending) { _, stored, _ in stored >= runs }
    }

    /// Those that this machine can run; of each other one it is said why not.
    private func possible(_ kinds: [RunKind], in experiment: Experiment) async -> [RunKind] {
        var possible: [RunKind] = []
        var reasons: [String] = []
        for kind in kinds {
            if let reason = await experiment.starter.obstacle(to: kind.workload, under: kind.arm) {
                if !reasons.contains(reason) { reasons.append(reason) }
            } else {
                possible.append(kind)
            }
        }
        for reason in reasons { experiment.skip("\(name), \(kinds[0].arm.condition), left out: \(reason)") }
        return possible
    }

    func rows(from store: Store) throws -> [Row] {
        let cells = try store.cells([.jittered, .poisson], aim: RunKind.byRate)
        return ConditionRows(cells).rows + LossRows(cells).rows
    }
}
