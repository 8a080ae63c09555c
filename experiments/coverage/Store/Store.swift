import Foundation
import GRDB

/// The file of results: the spec, the machine's audit, and every raw measurement.
///
/// A measurement is written as soon as it is made, in a transaction of its own, so that an interrupted
/// experiment loses the one that was being made and no other.
struct Store: Sendable {
    let database: DatabaseQueue

    /// Opens the file, made where it is not there yet.
    init(making path: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            database = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(database)
        } catch {
            throw CoverageError("cannot keep results in \(path): \(Self.reason(error)); name another file with --results")
        }
    }

    /// Opens a file that must be there, to read it.
    init(reading path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            guard try database.read(Schema.migrator.hasCompletedMigrations) else {
                throw CoverageError("it holds no results of this version")
            }
        } catch {
            throw CoverageError("cannot read results from \(path): \(Self.reason(error)); measure them with: make coverage")
        }
    }

    /// A store that lasts as long as the process.
    init() throws {
        database = try DatabaseQueue()
        try Schema.migrator.migrate(database)
    }

    func read<Value>(_ query: (Database) throws -> Value) throws -> Value { try database.read(query) }

    func write(_ change: (Database) throws -> Void) throws { try database.write(change) }

    private static func reason(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? (error as? CoverageError)?.description ?? error.localizedDescription
    }
}
