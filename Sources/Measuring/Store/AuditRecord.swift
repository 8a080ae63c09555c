import GRDB
import Running

/// What the machine and its interpreters were when a session began: a row of `audit`.
public struct AuditRecord: Codable, FetchableRecord, PersistableRecord {
    public static let databaseTableName = "audit"
    public var session: Int64
    public var name: String
    public var value: String

    /// Stores all of an audit.
    public static func insert(_ audit: [String: String], session: Int64, in db: Database) throws {
        for (name, value) in audit { try AuditRecord(session: session, name: name, value: value).insert(db) }
    }
}

extension Store {
    /// What the machine and its interpreters were: name → every value, in the order of sessions.
    public func audit() throws(RunningError) -> [String: [String]] {
        let records = try read { try AuditRecord.order(Column("session")).fetchAll($0) }
        return records.reduce(into: [:]) { audit, record in
            if audit[record.name]?.contains(record.value) != true {
                audit[record.name, default: []].append(record.value)
            }
        }
    }
}
