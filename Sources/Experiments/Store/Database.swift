import Foundation
import GRDB

/// The results file as SQL: the one place that knows GRDB.
///
/// It is written ahead (WAL), so that a reader sees whole transactions while an experiment runs, and a process that is
/// killed loses none that was ended.
final class Database: Sendable {
    /// What a column can hold.
    enum Value: Sendable, Equatable {
        case null, whole(Int64), number(Double), text(String)
    }

    /// A row that is being read.
    struct Row {
        fileprivate let row: GRDB.Row

        func whole(_ column: Int) -> Int64 { row[column] ?? 0 }
        func number(_ column: Int) -> Double { row[column] ?? 0 }
        func text(_ column: Int) -> String { row[column] ?? "" }
        func optionalText(_ column: Int) -> String? { row[column] }
        func optionalNumber(_ column: Int) -> Double? { row[column] }
        func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }

        /// As it is stored.
        func value(_ column: Int) -> Value {
            switch (row[column] as DatabaseValue).storage {
            case .int64(let whole): .whole(whole)
            case .double(let number): .number(number)
            case .string(let text): .text(text)
            case .null, .blob: .null
            }
        }
    }

    private let queue: DatabaseQueue
    private let path: String

    /// Opens the file to write, made where it is not there yet, with the tables that it then has.
    init(writing path: String, version: String, tables: String) throws(ExperimentError) {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON") }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            var migrator = DatabaseMigrator()
            migrator.registerMigration(version) { try $0.execute(sql: tables) }
            try migrator.migrate(queue)
            guard try queue.read(migrator.hasBeenSuperseded) == false else { throw Self.newer(path) }
        } catch {
            throw Self.error(error, path)
        }
    }

    /// Opens a file that must be there, to read it.
    init(reading path: String, version: String) throws(ExperimentError) {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let versions = try queue.read { db in
                try db.tableExists("grdb_migrations") ? String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations") : []
            }
            guard versions == [version] else {
                throw versions.isEmpty ? ExperimentError.failed("'\(path)' holds no results of an experiment; name another file") : Self.newer(path)
            }
        } catch {
            throw Self.error(error, path)
        }
    }

    /// Writes all that is done within, or nothing.
    func transaction<Result>(_ work: (Writing) throws -> Result) throws(ExperimentError) -> Result {
        do { return try queue.write { try work(Writing(db: $0)) } } catch { throw Self.error(error, path) }
    }

    /// Every row that a query gives, in turn.
    func each(_ sql: String, _ arguments: [Value] = [], _ read: (Row) throws -> Void) throws(ExperimentError) {
        do {
            try queue.read { db in
                let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: StatementArguments(arguments.map(\.sql)))
                while let row = try rows.next() { try read(Row(row: row)) }
            }
        } catch {
            throw Self.error(error, path)
        }
    }

    func all<Element>(_ sql: String, _ arguments: [Value] = [], _ read: (Row) -> Element) throws(ExperimentError) -> [Element] {
        var elements: [Element] = []
        try each(sql, arguments) { elements.append(read($0)) }
        return elements
    }

    /// What can be done within a transaction.
    struct Writing {
        fileprivate let db: GRDB.Database

        /// - Returns: the number of the row that was put in last.
        @discardableResult func run(_ sql: String, _ arguments: Value...) throws -> Int64 { try run(sql, arguments) }

        func run(_ sql: String, _ arguments: [Value]) throws -> Int64 {
            try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments.map(\.sql)))
            return db.lastInsertedRowID
        }

        var changes: Int { db.changesCount }

        /// The first column of the first row.
        func whole(_ sql: String, _ arguments: Value...) throws -> Int64? {
            try Int64.fetchOne(db, sql: sql, arguments: StatementArguments(arguments.map(\.sql)))
        }
    }

    /// Brings all into the one file, so that it can be taken elsewhere.
    func settle() throws(ExperimentError) {
        do { _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) } } catch { throw Self.error(error, path) }
    }

    /// Never more pages than that: what a full disk is to a test.
    func limit(pages: Int) throws(ExperimentError) {
        do { try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") } } catch { throw Self.error(error, path) }
    }

    private static func newer(_ path: String) -> ExperimentError {
        .failed("'\(path)' was written by another version of swprof; use that, or name another file with --store")
    }

    private static func error(_ error: any Error, _ path: String) -> ExperimentError {
        if let error = error as? ExperimentError { return error }
        guard let error = error as? DatabaseError else { return .failed("cannot use '\(path)': \(error.localizedDescription); name another file with --store") }
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR:
            return .failed("'\(path)' cannot be written: the disk is full; what was measured until now is stored; make room and run it again")
        case .SQLITE_CANTOPEN:
            return .failed("cannot open '\(path)'; run the experiment first, or name another file with --store")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return .failed("'\(path)' is no file of results, or is damaged; name another with --store")
        default:
            return .failed("cannot use '\(path)': \(error.message ?? "SQLite error \(error.resultCode.rawValue)"); name another file with --store")
        }
    }
}

extension Database.Value {
    fileprivate var sql: (any DatabaseValueConvertible)? {
        switch self {
        case .null: nil
        case .whole(let value): value
        case .number(let value): value
        case .text(let value): value
        }
    }

    init(_ text: String?) { self = text.map(Self.text) ?? .null }
    init(_ number: Double?) { self = number.map(Self.number) ?? .null }
    init(_ whole: Int) { self = .whole(Int64(whole)) }
}
