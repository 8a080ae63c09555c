import Foundation
import GRDB
import Running

/// A file of results: every raw measurement, and amid what it was made.
///
/// It is SQLite, written ahead (WAL), so that a reader sees whole transactions while something is measured, and a process that
/// is killed loses none that was ended. A file of an older version is migrated when it is opened: one that is only read, in
/// memory.
public struct Store: Sendable {
    private let queue: DatabaseQueue
    private let path: String
    private let schema: StoreSchema
    /// Held as long as the store: who adds to a file is alone in doing so.
    private let lock: StoreLock?

    /// Opens a file to add to, made where it is not there yet; throws where another process is adding to it.
    public init(writing path: String, _ schema: StoreSchema) throws(RunningError) {
        (self.path, self.schema) = (path, schema)
        let folder = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        lock = try StoreLock(path, option: schema.option)
        try Self.refuseOthers(path, schema)
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            guard try !queue.read(schema.migrator.hasBeenSuperseded) else { throw Self.newer(path, schema) }
            try schema.migrator.migrate(queue)
        } catch {
            throw Self.error(error, path, schema)
        }
    }

    /// Throws where the file is another program's database, before anything in it is changed.
    private static func refuseOthers(_ path: String, _ schema: StoreSchema) throws(RunningError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            let isOthers = try DatabaseQueue(path: path, configuration: configuration).read { db in
                let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'") ?? 0
                return try tables > 0 && schema.migrator.appliedMigrations(db).isEmpty
            }
            if isOthers { throw noResults(path, schema) }
        } catch {
            throw Self.error(error, path, schema)
        }
    }

    private static func noResults(_ path: String, _ schema: StoreSchema) -> RunningError {
        .failed("'\(path)' holds no results of \(schema.subject); name another file with \(schema.option)")
    }

    /// Opens a file that must be there, to read it.
    public init(reading path: String, _ schema: StoreSchema) throws(RunningError) {
        (self.path, self.schema, lock) = (path, schema, nil)
        guard FileManager.default.fileExists(atPath: path) else {
            throw .failed(
                "there are no results in '\(path)'; measure them with \(schema.remedy), or name another file with \(schema.option)"
            )
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            let file = try DatabaseQueue(path: path, configuration: configuration)
            guard try !file.read(schema.migrator.hasBeenSuperseded) else { throw Self.newer(path, schema) }
            guard try !file.read(schema.migrator.appliedIdentifiers).isEmpty else {
                throw Self.noResults(path, schema)
            }
            if try file.read(schema.migrator.hasCompletedMigrations) {
                queue = file
            } else {
                queue = try DatabaseQueue.inMemoryCopy(fromPath: path)
                try schema.migrator.migrate(queue)
            }
        } catch {
            throw Self.error(error, path, schema)
        }
    }

    /// A store that lasts as long as the process.
    public init(inMemory schema: StoreSchema) throws(RunningError) {
        (path, self.schema, lock) = ("memory", schema, nil)
        do {
            queue = try DatabaseQueue()
            try schema.migrator.migrate(queue)
        } catch {
            throw Self.error(error, path, schema)
        }
    }
}

extension Store {
    public func read<Value>(_ query: (Database) throws -> Value) throws(RunningError) -> Value {
        do { return try queue.read(query) } catch { throw Self.error(error, path, schema) }
    }

    /// Writes all that is done within, or nothing.
    public func write<Value>(_ change: (Database) throws -> Value) throws(RunningError) -> Value {
        do { return try queue.write(change) } catch { throw Self.error(error, path, schema) }
    }

    /// Every row that a query gives, in turn: there may be more than memory should hold.
    public func each(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ take: (GRDB.Row) throws -> Void
    ) throws(RunningError) {
        try read { db in
            let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: arguments)
            while let row = try rows.next() { try take(row) }
        }
    }

    public func all<Element>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ make: (GRDB.Row) -> Element
    ) throws(RunningError) -> [Element] {
        var elements: [Element] = []
        try each(sql, arguments) { elements.append(make($0)) }
        return elements
    }

    /// Brings all into the one file, so that it can be taken elsewhere.
    public func settle() throws(RunningError) {
        do { _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) } } catch {
            throw Self.error(error, path, schema)
        }
    }

    /// Never more pages than that: what a full disk is to a test.
    public func limit(pages: Int) throws(RunningError) {
        do {
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
        } catch {
            throw Self.error(error, path, schema)
        }
    }

    private static func newer(_ path: String, _ schema: StoreSchema) -> RunningError {
        .failed(
            "'\(path)' was written by another version of swprof; use that, or name another file with \(schema.option)")
    }

    /// What comes of no room, where SQLite does not say so itself.
    private static let failedWrites: [ResultCode] = [.SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_SHMSIZE]

    private static func error(_ error: any Error, _ path: String, _ schema: StoreSchema) -> RunningError {
        if let error = error as? RunningError { return error }
        let another = "name another file with \(schema.option)"
        guard let error = error as? DatabaseError else {
            return .failed("cannot use '\(path)': \(error.localizedDescription); \(another)")
        }
        switch error.resultCode {
        case .SQLITE_FULL,
            .SQLITE_IOERR where failedWrites.contains(error.extendedResultCode):
            return .failed(
                "'\(path)' cannot be written: the disk is full; what was measured until now is stored; make room and run it again"
            )
        case .SQLITE_CANTOPEN:
            return .failed("cannot open '\(path)'; measure with \(schema.remedy) first, or \(another)")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return .failed("'\(path)' is no file of results, or is damaged; \(another)")
        default:
            return .failed(
                "cannot use '\(path)': \(error.message ?? "SQLite error \(error.resultCode.rawValue)"); \(another)")
        }
    }
}
