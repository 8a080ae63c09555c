import Glibc

/// The Python that a program is run by.
public struct Interpreter: Sendable {
    public let path: String

    /// The interpreter at `path`, or the one that swprof was started through, or the first `python3` on the path: the
    /// user's own, and their virtual environment's where one is active.
    public init(_ named: String?) throws(RunningError) {
        let path = named ?? Self.starting
        if let path, path.contains("/") {
            guard Self.isProgram(path) else {
                throw .usage(
                    "cannot run the interpreter '\(path)': \(String(cString: strerror(errno))); give the path of a CPython with --python"
                )
            }
            self.path = path
        } else if let found = Self.find(path ?? "python3") {
            self.path = found
        } else {
            throw .usage("there is no '\(path ?? "python3")' on the PATH; give the path of a CPython with --python")
        }
    }

    /// The same by its path from the root on, for runs in other folders; links are kept, which virtual environments are told by.
    public var absolute: Interpreter {
        path.hasPrefix("/") ? self : Interpreter(at: EnvironmentAudit.realPath(".") + "/" + path)
    }

    private init(at path: String) { self.path = path }

    /// The Python whose package started swprof, as its `swprof` script and `python -m swprof` do.
    private static let starting: String? = {
        defer { unsetenv(variable) }
        return getenv(variable).map { String(cString: $0) }
    }()
    private static let variable = "SWPROF_INTERPRETER"

    /// Takes what the package told us out of the environment, which is the profiled program's.
    public static func readEnvironment() { _ = starting }

    /// Every command of that name on the path, the first first.
    static func find(_ name: String) -> String? {
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        let candidates: [String] = folders.split(separator: Character(":")).map { String($0) + "/" + name }
        return name.isEmpty ? nil : candidates.first(where: isProgram)
    }

    /// Whether `path` is a file that may be run; else `errno` says why not. (Folders may be "run" too.)
    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else {
            errno = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EACCES
            return false
        }
        return access(path, X_OK) == 0
    }
}
