import GRDB
import Measuring
import Running

extension Store {
    /// The titles of the specs that were measured.
    public func titles() throws(RunningError) -> Set<String> {
        try read { Set(try SessionRecord.fetchAll($0).map(\.title)) }
    }

    /// Adds what another store has and this one has not; what both have is taken once.
    ///
    /// - Returns: the number of measurements added.
    public func merge(_ other: Store) throws(RunningError) -> Int {
        let tables = ["session", "audit", "block", "cell", "round"]
        var rows: [String: [GRDB.Row]] = [:]
        for table in tables {
            rows[table] = try other.read { try GRDB.Row.fetchAll($0, sql: "SELECT * FROM \(table)") }
        }
        let known = rows
        let added = try write { db in
            var merging = Merging(db: db)
            try merging.join("session", known["session"] ?? [], by: "key")
            for row in known["audit"] ?? [] { try merging.put("audit", row) }
            try merging.join("block", known["block"] ?? [], by: "id")
            try merging.join("cell", known["cell"] ?? [], by: "id")
            try merging.join("round", known["round"] ?? [], by: "key")
            // These are too many to be held all at once.
            try other.each("SELECT * FROM measurement ORDER BY number") { row in
                merging.numbers["measurement", default: [:]][row["number"]] = try merging.put("measurement", row)
            }
            try other.each("SELECT * FROM share") { row in
                if merging.numbers["measurement"]?[row["measurement"]] != nil { try merging.put("share", row) }
            }
            return merging.numbers["measurement"]?.count ?? 0
        }
        try settle()
        return added
    }
}

/// Rows of one store that are put into another, where their numbers are others.
private struct Merging {
    let db: Database
    /// By table: number there → number here.
    var numbers: [String: [Int64: Int64]] = [:]

    /// Puts a row in unless one like it is there, with the numbers that its references have here; its own where it was put in.
    @discardableResult func put(_ table: String, _ row: GRDB.Row) throws -> Int64? {
        let columns = row.columnNames.filter { $0 != "number" }
        let values = columns.map { column -> DatabaseValue in
            guard let known = numbers[column] else { return row[column] }
            return known[row[column]]?.databaseValue ?? .null
        }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
        return db.changesCount > 0 ? db.lastInsertedRowID : nil
    }

    /// Puts rows in by what tells them apart across stores, and learns their numbers.
    mutating func join(_ table: String, _ rows: [GRDB.Row], by key: String) throws {
        for row in rows {
            try put(table, row)
            let number = try Int64.fetchOne(
                db, sql: "SELECT number FROM \(table) WHERE \(key) = ?", arguments: [row[key] as String])
            numbers[table, default: [:]][row["number"]] = number
        }
    }
}
