import Glibc
import ProfileFormats

/// A folder of its own, for nobody else to read, from which one run is launched and in which it logs.
public final class LaunchFolder: Sendable {
    private let folder: PrivateFolder
    var path: String { folder.path }

    /// The capture log's name, and that of a file that names the program's process.
    static let (logFile, processFile) = ("capture.swlog", "process")

    /// Where the capture log is.
    public var log: String { path + "/" + Self.logFile }

    /// Whether nothing was captured.
    public var isEmpty: Bool { !FileReading.isWritten(log) }

    private var refusalFile: String { path + "/refusal" }

    /// As only a CPython that the extension is made for looks for it, and before it looks for Python code.
    private static let extensionNames = SupportedPython.allCases.map { python in
        #if arch(arm64)
            "sitecustomize.cpython-3\(python.minor)-aarch64-linux-gnu.so"
        #else
            "sitecustomize.cpython-3\(python.minor)-x86_64-linux-gnu.so"
        #endif
    }

    /// The Python file that says why any other interpreter cannot be profiled. It cannot ask which versions are supported.
    private static let refusing =
        Array("SUPPORTED = ((3, \(SupportedPython.oldest.minor)), (3, \(SupportedPython.newest.minor)))\n\n".utf8)
        + PackageResources.sitecustomize_py

    /// A folder for launching without `swprof run`, as a benchmark does that times the program alone.
    public convenience init() throws(RunningError) { try self.init(extension: Installation.extensionPath()) }

    init(extension extensionPath: String) throws(RunningError) {
        folder = try PrivateFolder()
        for name in Self.extensionNames { symlink(extensionPath, path + "/" + name) }
        try renew()
    }

    /// Makes the folder as it was when new, to launch from it once more.
    ///
    /// The log is made here, empty, for the program would have to wait while the file system does it.
    public func renew() throws(RunningError) {
        try folder.write(Self.refusing, to: "sitecustomize.py")
        try folder.write([], to: Self.logFile)
        for name in PrivateFolder.names(in: path) where name.hasPrefix("child") { unlink(path + "/" + name) }
        try folder.write([], to: ChildLogs.numbersFile)
    }

    /// What an interpreter's environment needs, beside what it has, to be profiled.
    ///
    /// - Parameter design: in the place of the settings' own, one that only benchmarks use: `nothing` is
    ///   the callback that does nothing.
    public func environment(_ settings: ProfilingSettings, design: String? = nil) -> [String: [UInt8]] {
        environment(settings, design: design, before: EnvironmentBlock.value(of: "PYTHONPATH"))
    }

    /// - Parameter before: the `PYTHONPATH` that the folder is put in front of.
    func environment(_ settings: ProfilingSettings, design: String? = nil, before: [UInt8]?) -> [String: [UInt8]] {
        var places = ["log": log, "refusal": refusalFile, "folder": path]
        places["design"] = design
        let pairs = settings.pairs.merging(places) { _, place in place }.map { "\($0)=\($1)" }.sorted()
        var environment = ["SWPROF_LAUNCH": Array(pairs.joined(separator: "\u{1f}").utf8)]
        environment["SWPROF_PYTHONPATH"] = before
        environment["PYTHONPATH"] = EnvironmentBlock.path(path, before: before)
        return environment
    }

    /// Notes whose log it is, for whoever finds the folder when we are gone.
    var noteProcess: @Sendable (pid_t) -> Void {
        // By its path: who starts the process may outlive the folder for a moment.
        let file = path + "/" + Self.processFile
        return { process in
            let text = String(process)
            let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            _ = write(descriptor, text, text.utf8.count)
            close(descriptor)
        }
    }

    /// Whether the extension was taken for `sitecustomize`: it then removes the Python file of that name.
    var wasLaunched: Bool { access(path + "/sitecustomize.py", F_OK) != 0 }

    /// Why the interpreter would not be profiled, where it said so.
    var refusal: String? { folder.text(of: "refusal") }
}
