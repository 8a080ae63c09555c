extension Store {
    /// Adds what another store has and this one has not; what both have is taken once.
    ///
    /// - Returns: the number of measurements added.
    public func merge(_ other: Store) throws(ExperimentError) -> Int {
        let sessions = try other.rows("session", ["key", "began", "spec", "title", "quick", "seed", "build"])
        let audits = try other.rows("audit", ["session", "name", "value"], number: false)
        let blocks = try other.rows("block", ["id", "workload", "size", "python", "program"])
        let cells = try other.rows("cell", ["id", "block", "arm", "role", "kind"])
        let rounds = try other.rows("round", ["key", "block", "session", "due", "load", "steal", "megahertz"])
        let added = try database.transaction { db in
            let sessionOf = try db.join("session", sessions, by: "key", references: [:])
            for row in audits.values {
                try db.put("audit", audits.columns, StoredRows.changed(audits.columns, row, ["session": sessionOf]))
            }
            let blockOf = try db.join("block", blocks, by: "id", references: [:])
            let cellOf = try db.join("cell", cells, by: "id", references: ["block": blockOf])
            let roundOf = try db.join("round", rounds, by: "key", references: ["block": blockOf, "session": sessionOf])
            return try addMeasurements(of: other, db, ["round": roundOf, "cell": cellOf, "session": sessionOf])
        }
        try database.settle()
        return added
    }

    private static let measured = [
        "round", "cell", "session", "position", "began", "wall", "cpu", "status", "why", "output", "hashSeed", "padding", "seed", "pythonCalls",
        "cCalls", "due", "taken", "late", "missed", "failed",
    ]

    /// These are too many to be held all at once.
    private func addMeasurements(of other: Store, _ db: Database.Writing, _ references: [String: [Int64: Int64]]) throws -> Int {
        var numberOf: [Int64: Int64] = [:]
        try other.database.each("SELECT \(Self.measured.joined(separator: ", ")), number FROM measurement ORDER BY number") { row in
            let values = Self.measured.indices.map { row.value($0) }
            numberOf[row.whole(Self.measured.count)] = try db.put("measurement", Self.measured, StoredRows.changed(Self.measured, values, references))
        }
        let columns = ["measurement", "basis", "name", "file", "line", "share"]
        try other.database.each("SELECT \(columns.joined(separator: ", ")) FROM share") { row in
            guard let measurement = numberOf[row.whole(0)] else { return }
            try db.put("share", columns, [.whole(measurement)] + columns.indices.dropFirst().map { row.value($0) })
        }
        return numberOf.count
    }

    /// All rows of a table, with their numbers where it has such.
    private func rows(_ table: String, _ columns: [String], number: Bool = true) throws(ExperimentError) -> StoredRows {
        var rows = StoredRows(columns: columns)
        let names = (number ? ["number"] : []) + columns
        try database.each("SELECT \(names.joined(separator: ", ")) FROM \(table)") { row in
            if number { rows.numbers.append(row.whole(0)) }
            rows.values.append(columns.indices.map { row.value($0 + (number ? 1 : 0)) })
        }
        return rows
    }
}

/// Rows of one table.
private struct StoredRows {
    var columns: [String]
    var numbers: [Int64] = []
    var values: [[Database.Value]] = []

    /// A row with the numbers that its references have in another store.
    static func changed(_ columns: [String], _ row: [Database.Value], _ references: [String: [Int64: Int64]]) -> [Database.Value] {
        zip(columns, row).map { name, value in
            guard let numbers = references[name] else { return value }
            return numbers[value.number].map { .whole($0) } ?? .null
        }
    }
}

extension Database.Writing {
    /// Puts a row in unless one like it is there; its number where it was put in.
    @discardableResult fileprivate func put(_ table: String, _ columns: [String], _ values: [Database.Value]) throws -> Int64? {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let number = try run("INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))", values)
        return changes > 0 ? number : nil
    }

    /// Puts rows in by what tells them apart across stores; their numbers there → those here.
    fileprivate func join(
        _ table: String, _ rows: StoredRows, by key: String, references: [String: [Int64: Int64]]
    ) throws -> [Int64: Int64] {
        var numbers: [Int64: Int64] = [:]
        for (number, row) in zip(rows.numbers, rows.values) {
            try put(table, rows.columns, StoredRows.changed(rows.columns, row, references))
            numbers[number] = try whole("SELECT number FROM \(table) WHERE \(key) = ?", row[rows.columns.firstIndex(of: key) ?? 0])
        }
        return numbers
    }
}

extension Database.Value {
    fileprivate var number: Int64 { if case .whole(let number) = self { number } else { 0 } }
}
