import GRDB
import ProfileModel

/// One stored run.
struct StoredRun: Sendable {
    var seed: UInt64
    /// Ticks that saw the program within the function that the truth is of.
    var ticks: Int
    /// Ticks that were due in the whole run, and those that gave nothing valid.
    var due = 0
    var lost = 0
    var aliasing: Bool
    var shares: [RunShare]

    /// The part of the ticks due that gave nothing valid.
    var lostPart: Double { Double(lost) / Double(max(1, due)) }
}

/// Runs that differ by chance alone, as the table names them.
struct StoredCell: Sendable {
    var workload: String
    var schedule: String
    var aim: Int
    var condition = RunCondition.usual.name
    /// By number.
    var runs: [StoredRun]

    /// `60 runs, 2.1 % of ticks lost`: what is lost is not lost at random.
    var size: String {
        "\(Words.count(runs.count, "run")), \(Words.percent(lostPart)) of ticks lost"
    }

    /// Of all its runs together.
    var lostPart: Double { Double(runs.reduce(0) { $0 + $1.lost }) / Double(max(1, runs.reduce(0) { $0 + $1.due })) }
}

extension Store {
    /// How many runs there are, and how many ticks they have together.
    func extent(of kind: RunKind) throws -> (runs: Int, ticks: Int) {
        try read { db in
            let row = try GRDB.Row.fetchOne(
                db, sql: "SELECT count(*), coalesce(sum(ticks), 0) FROM run WHERE workload = ? AND schedule = ? AND aim = ? AND condition = ?",
                arguments: [kind.workload.name, kind.schedule.rawValue, kind.aim, kind.condition.name])
            return (row?[0] ?? 0, row?[1] ?? 0)
        }
    }

    func insert(
        _ reading: RunReading, of kind: RunKind, number: Int, rate: Double, seed: UInt64, seconds: Double, session: Int64
    ) throws {
        let ledger = reading.ledger
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO run (session, workload, schedule, aim, condition, number, rate, seed, seconds, ticks, due, taken, late,
                        missed, failed, aliasing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    session, kind.workload.name, kind.schedule.rawValue, kind.aim, kind.condition.name, number, rate, String(seed), seconds,
                    reading.ticks, ledger.due, ledger.taken, ledger.late, ledger.missed, ledger.failed, reading.aliasing,
                ])
            let run = db.lastInsertedRowID
            for share in reading.shares {
                try db.execute(
                    sql: "INSERT INTO share VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [run, share.function, share.truth, share.share, share.low, share.high])
            }
        }
    }

    /// All runs of the schedules given, for N ticks each.
    func cells(_ schedules: [Schedule], aim: Int) throws -> [StoredCell] {
        try read { db in
            let shares = Dictionary(
                grouping: try GRDB.Row.fetchAll(db, sql: "SELECT * FROM share ORDER BY run, function"), by: { $0["run"] as Int64 })
            var cells: [StoredCell] = []
            let sql = "SELECT * FROM run WHERE aim = ? ORDER BY condition, schedule, workload, number"
            for row in try GRDB.Row.fetchAll(db, sql: sql, arguments: [aim]) where schedules.map(\.rawValue).contains(row["schedule"]) {
                let run = Self.run(row, shares[row["id"]] ?? [])
                if let last = cells.last, last.workload == row["workload"], last.schedule == row["schedule"],
                    last.condition == row["condition"]
                {
                    cells[cells.count - 1].runs.append(run)
                } else {
                    cells.append(StoredCell(
                        workload: row["workload"], schedule: row["schedule"], aim: aim, condition: row["condition"], runs: [run]))
                }
            }
            return cells
        }
    }

    private static func run(_ row: GRDB.Row, _ shares: [GRDB.Row]) -> StoredRun {
        StoredRun(
            seed: UInt64(row["seed"] as String) ?? 0, ticks: row["ticks"], due: row["due"],
            lost: (row["missed"] as Int) + (row["failed"] as Int), aliasing: row["aliasing"], shares: shares.map(share))
    }

    private static func share(_ row: GRDB.Row) -> RunShare {
        RunShare(function: row["function"], truth: row["truth"], share: row["share"], low: row["low"], high: row["high"])
    }
}
