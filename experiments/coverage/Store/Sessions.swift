import Foundation
import GRDB
import Measuring
import Running

/// One start of the experiment: a row of `session`.
private struct SessionRecord: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "session"
    var id: Int64?
    var began: String

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

extension Store {
    /// Notes that measuring begins, and amid what; the new session's number.
    func beginSession(audit: [String: String]) throws -> Int64 {
        try write { db in
            let session = try SessionRecord(began: Date.now.formatted(.iso8601)).inserted(db).id ?? 0
            try AuditRecord.insert(audit, session: session, in: db)
            return session
        }
    }

    /// When the first session began and how many there were; `nil` where there was none.
    func sessions() throws -> (first: String, count: Int)? {
        let began = try read { try SessionRecord.order(Column("began")).fetchAll($0).map(\.began) }
        return began.first.map { ($0, began.count) }
    }
}
