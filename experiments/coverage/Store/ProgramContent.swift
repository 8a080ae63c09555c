import Foundation
import GRDB
import Measuring
import Running

/// A program's content when it was first measured: a row of `program`.
private struct ProgramRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "program"
    var path: String
    var hash: String
}

extension Store {
    /// Holds a program to what it was when it was first measured.
    func checkUnchanged(_ workload: Workload) throws {
        guard let hash = Self.hash(of: workload.path) else {
            throw RunningError.failed("cannot read \(workload.path): run it from the repository's root")
        }
        guard let stored = try records(ProgramRecord.self, ["path": workload.path]).first?.hash else {
            return try insert(ProgramRecord(path: workload.path, hash: hash))
        }
        guard stored == hash else {
            throw RunningError.failed(
                "\(workload.path) has changed since its results were measured; begin anew with --anew")
        }
    }

    /// The programs that are others than when they were measured, or that are not there, by their paths.
    func changedPrograms() throws -> [String] {
        try records(ProgramRecord.self, by: "path").filter { Self.hash(of: $0.path) != $0.hash }.map(\.path)
    }

    /// Throws away what was measured of programs that have changed, and the counts that were asked for.
    func forgetChanged() throws {
        let changed = try changedPrograms()
        try write { db in
            try db.execute(sql: "DELETE FROM spec WHERE name = 'extent'")
            for path in changed {
                for name in Workload.names(of: path) { try Self.forget(name, in: db) }
                if path == Workload.lockstep.byCPU.path {
                    try db.execute(sql: "DELETE FROM share WHERE run IN (SELECT id FROM run WHERE clock = 'cpu')")
                    try db.execute(sql: "DELETE FROM run WHERE clock = 'cpu'")
                }
                if path == Workload.blocks(0, seed: 0).path { try db.execute(sql: "DELETE FROM block") }
                if path == Workload.passes(0).path { try db.execute(sql: "DELETE FROM round") }
                try db.execute(sql: "DELETE FROM program WHERE path = ?", arguments: [path])
            }
        }
    }

    private static func forget(_ workload: String, in db: Database) throws {
        let timelines = "(SELECT id FROM timeline WHERE workload = ?)"
        for sql in [
            "DELETE FROM drawnFunction WHERE drawn IN (SELECT id FROM drawn WHERE timeline IN \(timelines))",
            "DELETE FROM drawn WHERE timeline IN \(timelines)", "DELETE FROM timeline WHERE workload = ?",
            "DELETE FROM share WHERE run IN (SELECT id FROM run WHERE workload = ?)",
            "DELETE FROM run WHERE workload = ?",
        ] { try db.execute(sql: sql, arguments: [workload]) }
    }

    private static func hash(of path: String) -> String? {
        content(of: path).map { String(Seed(base: 0).of($0), radix: 16) }
    }

    /// The script's text, and that of the modules beside it that it imports.
    private static func content(of path: String) -> String? {
        guard let script = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let folder = URL(filePath: path).deletingLastPathComponent()
        let modules = script.split(whereSeparator: \.isNewline).compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard words.count > 1, words[0] == "import" || words[0] == "from" else { return nil }
            return try? String(contentsOf: folder.appending(path: "\(words[1]).py"), encoding: .utf8)
        }
        return ([script] + modules).joined()
    }
}
