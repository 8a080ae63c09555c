import Glibc

/// A folder of its own, for nobody else to read, from which one run is launched and in which it logs.
public final class LaunchFolder: Sendable {
    let path: String

    var log: String { path + "/capture.swlog" }
    private var refusalFile: String { path + "/refusal" }

    /// As only a CPython that the extension is made for looks for it, and before it looks for Python code.
    private static let extensionNames = (11...15).map { minor in
        #if arch(arm64)
        "sitecustomize.cpython-3\(minor)-aarch64-linux-gnu.so"
        #else
        "sitecustomize.cpython-3\(minor)-x86_64-linux-gnu.so"
        #endif
    }

    /// Absolute, for the program may go to another folder while it writes its log.
    private static var temporaryFolder: String {
        let named = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        guard let path = realpath(named, nil) else { return named }
        defer { free(path) }
        return String(cString: path)
    }

    /// A folder for launching without `swprof run`, as a benchmark does that times the program alone.
    public convenience init() throws(RunningError) { try self.init(extension: Installation.extensionPath()) }

    init(extension extensionPath: String) throws(RunningError) {
        let base = Self.temporaryFolder
        var template = Array((base + "/swprof-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .failed("cannot make a temporary folder in \(base): \(String(cString: strerror(errno))); set TMPDIR to a folder that can be written")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for name in Self.extensionNames { symlink(extensionPath, path + "/" + name) }
        try renew()
    }

    /// Makes the folder as it was when new, to launch from it once more.
    ///
    /// The log is made here, empty, for the program would have to wait while the file system does it.
    public func renew() throws(RunningError) {
        for (file, bytes) in [(path + "/sitecustomize.py", PackageResources.sitecustomize_py), (log, [])] {
            unlink(file)
            try write(bytes, to: file)
        }
    }

    deinit {
        for file in ["capture.swlog", "refusal", "sitecustomize.py"] + Self.extensionNames { unlink(path + "/" + file) }
        // Python may have kept compiled code of the launch files.
        removeFiles(in: path + "/__pycache__")
        rmdir(path)
    }

    /// What an interpreter's environment needs, beside what it has, to be profiled.
    ///
    /// - Parameter design: in the place of the settings' own, one that only benchmarks use: `nothing` is
    ///   the callback that does nothing.
    public func environment(_ settings: ProfilingSettings, design: String? = nil) -> [String: [UInt8]] {
        var places = ["log": log, "refusal": refusalFile, "folder": path, "ignored": IgnoredSignals.list]
        places["design"] = design
        let pairs = settings.pairs.merging(places) { _, place in place }.map { "\($0)=\($1)" }.sorted()
        var environment = ["SWPROF_LAUNCH": Array(pairs.joined(separator: "\u{1f}").utf8)]
        let before = EnvironmentBlock.value(of: "PYTHONPATH")
        environment["SWPROF_PYTHONPATH"] = before
        // An empty part would stand for the current folder, which an empty whole does not.
        environment["PYTHONPATH"] = Array(path.utf8) + (before.map { $0.isEmpty ? [] : [UInt8(ascii: ":")] + $0 } ?? [])
        return environment
    }

    /// Whether the extension was taken for `sitecustomize`: it then removes the Python file of that name.
    var wasLaunched: Bool { access(path + "/sitecustomize.py", F_OK) != 0 }

    /// Why the interpreter would not be profiled, where it said so.
    var refusal: String? {
        guard let bytes = try? FileReading.bytes(of: refusalFile) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ bytes: [UInt8], to file: String) throws(RunningError) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .failed("cannot write \(file): \(String(cString: strerror(errno))); set TMPDIR to a folder that can be written")
        }
        close(descriptor)
    }

    private func removeFiles(in folder: String) {
        guard let entries = opendir(folder) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { unlink(folder + "/" + name) }
        }
        closedir(entries)
        rmdir(folder)
    }
}

/// Whole files as bytes.
enum FileReading {
    struct Failure: Error {}

    static func bytes(of path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure() }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let got = read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got <= 0 { return }
                count += got
            }
        }
    }
}
