import Foundation
import GRDB
import Measuring
import Running

extension Store {
    /// Notes that measuring begins; the new session's number.
    func beginSession(_ plan: Plan, quick: Bool, build: String, audit: [String: String]) throws(RunningError) -> Int64 {
        let record = SessionRecord(
            key: UUID().uuidString, began: Date.now.formatted(.iso8601), spec: plan.specText, title: plan.spec.title,
            quick: quick,
            seed: String(plan.spec.seed), build: build)
        return try write { db in
            let session = try record.inserted(db).number ?? 0
            try AuditRecord.insert(audit, session: session, in: db)
            return session
        }
    }

    /// The numbers of a block and of its cells, by id; they are put in where they are new.
    func note(_ block: Block) throws(RunningError) -> (block: Int64, cells: [String: Int64]) {
        try write { db in
            try BlockRecord(block).insert(db)
            let number =
                try Int64.fetchOne(db, sql: "SELECT number FROM block WHERE id = ?", arguments: [block.id]) ?? 0
            for cell in block.cells { try CellRecord(cell, block: number).insert(db) }
            let cells = try CellRecord.filter(Column("block") == number).fetchAll(db)
            return (number, Dictionary(uniqueKeysWithValues: cells.map { ($0.id, $0.number ?? 0) }))
        }
    }

    /// How often each cell was run, by its id, and what the runs took on average; failed ones count.
    func counts() throws(RunningError) -> [String: CellCount] {
        let rows = try all(
            """
            SELECT cell.id, count(*), avg(wall), count(why), min(why) FROM measurement JOIN cell ON cell.number = measurement.cell
            GROUP BY cell.number
            """
        ) { row in (row[0] as String, CellCount(runs: row[1], seconds: row[2] ?? 0, failed: row[3], why: row[4])) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}

/// What is stored of a cell.
struct CellCount: Sendable, Equatable {
    var runs = 0
    /// Mean wall time.
    var seconds = 0.0
    var failed = 0
    /// Why one did not end well.
    var why: String?
}
