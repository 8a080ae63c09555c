import Capture
import GRDB

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
        let timelines = try await TimelineRecording(experiment: experiment).timelines(workload, experiment.extent.timelines)
        for (id, timeline) in timelines {
            for kind in Self.schedules {
                for ticks in experiment.extent.drawnTicks {
                    try draw(id, timeline, kind, ticks, in: experiment)
                }
            }
        }
    }

    /// Draws one cell's part of one timeline, unless it is stored.
    private func draw(_ id: Int64, _ timeline: Timeline, _ kind: TickSchedule.Kind, _ ticks: Int, in experiment: Experiment) throws {
        let isStored = try experiment.store.read {
            try Bool.fetchOne(
                $0, sql: "SELECT count(*) > 0 FROM drawn WHERE timeline = ? AND schedule = ? AND n = ?",
                arguments: [id, kind.rawValue, ticks]) ?? false
        }
        guard !isStored else { return }
        let draws = experiment.extent.draws / experiment.extent.timelines
        var random = RandomSource(seed: experiment.seed.of(name, String(id), kind.rawValue, String(ticks)))
        var tally = DrawTally(timeline)
        for _ in 0..<draws { tally.draw(kind, ticks: ticks, using: &random) }
        try experiment.store.write { db in
            try db.execute(
                sql: "INSERT INTO drawn (timeline, schedule, n, draws, picked) VALUES (?, ?, ?, ?, ?)",
                arguments: [id, kind.rawValue, ticks, draws, tally.picked])
            try Self.insert(tally, timeline, interval: Double(timeline.length) / Double(ticks), of: db.lastInsertedRowID, in: db)
        }
    }

    private static func insert(_ tally: DrawTally, _ timeline: Timeline, interval: Double, of drawn: Int64, in db: Database) throws {
        let rows = zip(zip(timeline.functions, tally.functions), zip(timeline.truth, timeline.phases))
        for ((function, sums), (truth, phase)) in rows {
            try db.execute(
                sql: "INSERT INTO drawnFunction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    drawn, function, truth, phase / interval, sums.covered, sums.error, sums.width, sums.binomialWidth,
                    sums.poissonWidth, sums.widest,
                ])
        }
    }

    func rows(from store: Store) throws -> [Row] {
        let cells = try DrawnCell.all(in: store)
        return cells.map(\.coverageRow) + DrawnWidths.rows(cells)
    }
}
