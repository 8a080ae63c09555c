import GRDB
import Measuring
import ProfileModel
import Running

/// One profiled run, with its arm: a row of `run`.
struct RunRecord: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "run"
    var id: Int64?
    var session: Int64
    var workload: String
    /// The ticks that the rate was chosen for; 0 for 1 kHz and whatever comes of it.
    var aim: Int
    var schedule: Schedule
    var clock: Clock
    var user: Surroundings.User
    var load: Int
    var processors: Int?
    var interpreter: String?
    var number: Int
    var rate: Double
    var seed: String
    var seconds: Double
    /// What was seen within.
    var ticks: Int
    var due: Int
    var taken: Int
    var late: Int
    var missed: Int
    var failed: Int
    var aliasing: Bool

    init(
        _ reading: RunReading, of kind: RunKind, number: Int, rate: Double, seed: UInt64, seconds: Double,
        session: Int64
    ) {
        let (around, ledger) = (kind.arm.surroundings, reading.ledger)
        (self.session, workload, aim, self.number) = (session, kind.workload.name, kind.aim, number)
        (schedule, clock) = (kind.arm.schedule ?? .jittered, kind.arm.clock ?? .wall)
        (user, load, processors, interpreter) = (around.user, around.load, around.processors, around.interpreter)
        (self.rate, self.seed, self.seconds, ticks) = (rate, String(seed), seconds, reading.ticks)
        (due, taken, late, missed, failed) = (ledger.due, ledger.taken, ledger.late, ledger.missed, ledger.failed)
        aliasing = reading.aliasing
    }

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

    /// Without its rate.
    var arm: Arm {
        .run(
            schedule, clock: clock,
            in: Surroundings(interpreter: interpreter, processors: processors, user: user, load: load))
    }

    func stored(_ shares: [ShareRecord]) -> StoredRun {
        StoredRun(
            seed: UInt64(seed) ?? 0, ticks: ticks, due: due, lost: missed + failed, aliasing: aliasing,
            shares: shares.map(\.share))
    }

    /// Those of one kind, in any order.
    static func all(of kind: RunKind) -> QueryInterfaceRequest<RunRecord> {
        let around = kind.arm.surroundings
        return filter(Column("workload") == kind.workload.name && Column("aim") == kind.aim)
            .filter(Column("schedule") == kind.arm.schedule?.rawValue && Column("clock") == kind.arm.clock?.rawValue)
            .filter(Column("user") == around.user.rawValue && Column("load") == around.load)
            .filter(Column("processors") == around.processors && Column("interpreter") == around.interpreter)
    }
}

/// What is true of a function in one run, and what the profile says: a row of `share`.
struct ShareRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "share"
    var run: Int64
    var function: String
    var truth: Double
    private var estimate: Double
    var low: Double?
    var high: Double?

    private enum CodingKeys: String, CodingKey {
        case run, function, truth, low, high
        case estimate = "share"
    }

    init(_ share: RunShare, of run: Int64) {
        (self.run, function, truth, estimate) = (run, share.function, share.truth, share.share)
        (low, high) = (share.low, share.high)
    }

    var share: RunShare { RunShare(function: function, truth: truth, share: estimate, low: low, high: high) }
}

extension Store {
    /// How many runs there are, and how many ticks they have together.
    func extent(of kind: RunKind) throws -> (runs: Int, ticks: Int) {
        let ticks = try read { try RunRecord.all(of: kind).select(Column("ticks"), as: Int.self).fetchAll($0) }
        return (ticks.count, ticks.reduce(0, +))
    }

    func insert(_ record: RunRecord, _ shares: [RunShare]) throws {
        try write { db in
            let run = try record.inserted(db).id ?? 0
            for share in shares { try ShareRecord(share, of: run).insert(db) }
        }
    }

    /// All runs of the schedules given, for N ticks each.
    func cells(_ schedules: [Schedule], aim: Int) throws -> [StoredCell] {
        let (runs, shares) = try read { db in
            (
                try RunRecord.filter(Column("aim") == aim).order(Column("workload"), Column("number")).fetchAll(db),
                try ShareRecord.order(Column("run"), Column("function")).fetchAll(db)
            )
        }
        let sharesOfRun = Dictionary(grouping: shares, by: \.run)
        let cells = runs.filter { schedules.contains($0.schedule) }.reduce(into: [StoredCell]()) { cells, run in
            let stored = run.stored(sharesOfRun[run.id ?? 0] ?? [])
            if let known = cells.firstIndex(where: { $0.workload == run.workload && $0.arm == run.arm }) {
                cells[known].runs.append(stored)
            } else {
                cells.append(StoredCell(workload: run.workload, aim: aim, arm: run.arm, runs: [stored]))
            }
        }
        return cells.sorted {
            ($0.arm.condition, $0.schedule, $0.workload) < ($1.arm.condition, $1.schedule, $1.workload)
        }
    }
}
