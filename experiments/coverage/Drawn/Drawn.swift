import Capture
import Measuring

/// Whether intervals cover when the schedule is drawn again and again over recorded runs.
struct Drawn: Piece {
    var name: String { "drawn" }

    static let schedules: [TickSchedule.Kind] = [.jittered, .poisson]

    func measure(in experiment: Experiment) async throws {
        var failure: (any Error)?
        for (done, workload) in experiment.firstWorkloads.enumerated() {
            experiment.progress("\(name), workloads", done, experiment.firstWorkloads.count)
            // One workload that fails must not keep the others from being measured.
            do { try await measure(workload, in: experiment) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func measure(_ workload: Workload, in experiment: Experiment) async throws {
        let timelines = try await TimelineRecording(experiment: experiment).timelines(
            workload, experiment.extent.timelines)
        for (id, timeline) in timelines {
            for kind in Self.schedules {
                for ticks in experiment.extent.drawnTicks {
                    try draw(id, timeline, kind, ticks, in: experiment)
                }
            }
        }
    }

    /// Draws one cell's part of one timeline, unless it is stored.
    private func draw(
        _ id: Int64, _ timeline: Timeline, _ kind: TickSchedule.Kind, _ ticks: Int, in experiment: Experiment
    ) throws {
        let isStored = try experiment.store.has(
            DrawnRecord.self, ["timeline": id, "schedule": kind.rawValue, "n": ticks])
        guard !isStored else { return }
        let draws = experiment.extent.draws / experiment.extent.timelines
        var random = RandomSource(seed: experiment.seed.of(name, String(id), kind.rawValue, String(ticks)))
        var tally = DrawTally(timeline)
        for _ in 0..<draws { tally.draw(kind, ticks: ticks, using: &random) }
        let drawn = DrawnRecord(timeline: id, schedule: kind.rawValue, n: ticks, draws: draws, picked: tally.picked)
        try experiment.store.insert(drawn) {
            Self.records(tally, timeline, interval: Double(timeline.length) / Double(ticks), of: $0)
        }
    }

    private static func records(_ tally: DrawTally, _ timeline: Timeline, interval: Double, of drawn: Int64)
        -> [DrawnFunctionRecord]
    {
        zip(zip(timeline.functions, tally.functions), zip(timeline.truth, timeline.phases)).map { of, its in
            let (sums, phase) = (of.1, its.1 / interval)
            return DrawnFunctionRecord(
                drawn: drawn, function: of.0, truth: its.0, phase: phase, covered: sums.covered, error: sums.error,
                width: sums.width,
                binomialWidth: sums.binomialWidth, poissonWidth: sums.poissonWidth, widest: sums.widest)
        }
    }

    func rows(from store: Store) throws -> [Row] {
        let cells = try DrawnCell.all(in: store)
        return cells.map(\.coverageRow) + DrawnWidths.rows(cells)
    }
}
