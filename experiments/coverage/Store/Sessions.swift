import Foundation
import GRDB

extension Store {
    /// Notes that measuring begins, and amid what; the new session's number.
    func beginSession(audit: [String: String]) throws -> Int64 {
        var session: Int64 = 0
        try write { db in
            try db.execute(sql: "INSERT INTO session (began) VALUES (?)", arguments: [Date.now.formatted(.iso8601)])
            session = db.lastInsertedRowID
            for (name, value) in audit {
                try db.execute(sql: "INSERT INTO audit VALUES (?, ?, ?)", arguments: [session, name, value])
            }
        }
        return session
    }

    /// What is the same of the machine in all sessions, by name; where it differed, all that it was.
    func audit() throws -> [String: [String]] {
        try read { db in
            let values = try GRDB.Row.fetchAll(db, sql: "SELECT DISTINCT name, value FROM audit ORDER BY session")
            return values.reduce(into: [:]) { $0[$1["name"], default: []].append($1["value"]) }
        }
    }

    /// When the first session began and how many there were.
    func sessions() throws -> (first: String, count: Int)? {
        try read { db in
            guard let first = try String.fetchOne(db, sql: "SELECT min(began) FROM session") else { return nil }
            return (first, try Int.fetchOne(db, sql: "SELECT count(*) FROM session") ?? 0)
        }
    }
}
