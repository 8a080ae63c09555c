import GRDB
import Measuring

/// When each function began and ended in one unprofiled run, as the workload wrote it.
struct TimelineRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "timeline"
    var id: Int64?
    var session: Int64
    var workload: String
    var number: Int
    var content: String
}

/// Draws from one timeline: of one function picked at random in each, whether it was covered.
struct DrawnRecord: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "drawn"
    var id: Int64?
    var timeline: Int64
    var schedule: String
    var n, draws, picked: Int

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

/// The same by function: sums over the draws.
struct DrawnFunctionRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "drawnFunction"
    var drawn: Int64
    var function: String
    var truth, phase: Double
    var covered: Int
    var error, width, binomialWidth, poissonWidth, widest: Double
}

extension Store {
    func insert(_ drawn: DrawnRecord, _ functions: (Int64) -> [DrawnFunctionRecord]) throws {
        try write { db in
            for function in functions(try drawn.inserted(db).id ?? 0) { try function.insert(db) }
        }
    }

    /// All draws with the program that their timeline is of, and their functions.
    func allDrawn() throws -> [(workload: String, drawn: DrawnRecord, functions: [DrawnFunctionRecord])] {
        try read { db in
            let rows = try GRDB.Row.fetchAll(db, sql: "SELECT id, workload FROM timeline")
            let workloads = Dictionary(uniqueKeysWithValues: rows.map { ($0["id"] as Int64, $0["workload"] as String) })
            let functions = Dictionary(grouping: try DrawnFunctionRecord.fetchAll(db), by: \.drawn)
            return try DrawnRecord.fetchAll(db).map { (workloads[$0.timeline] ?? "", $0, functions[$0.id ?? 0] ?? []) }
                .sorted { ($0.0, $0.1.schedule, $0.1.n) < ($1.0, $1.1.schedule, $1.1.n) }
        }
    }
}
