import Glibc

/// Where this swprof keeps what the profiled process loads.
public enum Installation {
    /// The extension stands beside the program, in a build folder as in a package.
    public static func extensionPath() throws(RunningError) -> String {
        let path = folder() + "/lib_swprof.so"
        guard access(path, R_OK) == 0 else {
            throw .failed("the extension \(path) is missing; \(remedy)")
        }
        return path
    }

    /// In a wheel both stand in the package's `_bin`.
    private static var remedy: String {
        folder().hasSuffix("/_bin")
            ? "install the package again: pip install --force-reinstall swprof" : "build it with: make build"
    }

    /// The folder of the running program, links resolved.
    static func folder() -> String {
        guard let path = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(path) }
        let text = String(cString: path)
        return String(text[..<(text.lastIndex(of: "/") ?? text.startIndex)])
    }
}
