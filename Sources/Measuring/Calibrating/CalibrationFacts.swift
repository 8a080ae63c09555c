import Glibc
import Running

/// What a calibration holds for: where any of it has changed, it does not.
public struct CalibrationFacts: Sendable, Equatable, Codable {
    /// A file as it is now.
    struct File: Sendable, Equatable, Codable {
        /// Links resolved.
        var path: String
        var size: Int64
        /// Nanoseconds since 1970.
        var modified: Int64
    }

    var interpreter: File
    var version: String
    var `extension`: File
    var processor: String
    var kernel: String

    init(interpreter: File, version: String, extension swprof: File, processor: String, kernel: String) {
        (self.interpreter, self.version, `extension`, self.processor, self.kernel) = (
            interpreter, version, swprof, processor, kernel
        )
    }

    /// The interpreter's, links resolved.
    public var path: String { interpreter.path }
    /// Its version alone, such as `3.11.2`.
    public var python: String { version.split(separator: " ").first.map(String.init) ?? version }

    /// Throws where the interpreter does not say what it is.
    public init(of interpreter: Interpreter) async throws(RunningError) {
        let facts = try await interpreter.facts()
        self.init(
            interpreter: try File(facts.base), version: facts.version,
            extension: try File(Installation.extensionPath()),
            processor: EnvironmentAudit.cpuModel() ?? "", kernel: EnvironmentAudit.kernel() ?? "")
    }
}

extension CalibrationFacts.File {
    /// Throws where there is no such file.
    init(_ path: String) throws(RunningError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .failed("cannot look at '\(path)': \(String(cString: strerror(errno))); name a CPython with --python")
        }
        let modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        self.init(path: EnvironmentAudit.realPath(path), size: Int64(status.st_size), modified: modified)
    }
}
