import Foundation
import Glibc

/// An experiment's results: every raw measurement, and amid what it was made.
public struct Store: Sendable {
    let database: Database
    /// Held as long as the store: who runs an experiment is alone in writing to it.
    private let lock: StoreLock?

    /// Opens a file to add to, made where it is not there yet; throws where another run is adding to it.
    public init(writing path: String) throws(ExperimentError) {
        let folder = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        lock = try StoreLock(path)
        database = try Database(writing: path, version: Schema.version, tables: Schema.tables)
    }

    /// Opens a file that must be there, to read it.
    public init(reading path: String) throws(ExperimentError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw .failed("there are no results in '\(path)'; measure them with swprof experiment run, or name another file with --store")
        }
        lock = nil
        database = try Database(reading: path, version: Schema.version)
    }
}

/// A lock on a results file, which goes with its process however that ends.
private final class StoreLock: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws(ExperimentError) {
        // SQLite's own locks are of another kind, and would be lost if this were closed before its connection is.
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .failed("cannot write '\(path)': \(String(cString: strerror(errno))); name another file with --store")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw .failed("another run is adding to '\(path)'; wait for it, or name another file with --store")
        }
    }

    deinit { close(descriptor) }
}
