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

    /// The folder that the Python package `swprof` stands in: the program is in the package, or in a checkout's build folder.
    static func packageFolder() throws(RunningError) -> String {
        let above = sequence(first: folder(), next: { parent(of: $0) })
        let places = above.flatMap { [$0 + "/..", $0 + "/Sources/PythonPackage"] }
        let known = "/swprof/passing_program.py"
        guard let found = places.lazy.compactMap({ realPath($0) }).first(where: { access($0 + known, R_OK) == 0 })
        else {
            throw .failed("the Python package swprof is not beside \(folder()); \(remedy)")
        }
        return found
    }

    /// The spec of the judge's battery: of a checkout, or of the package, which has the same folders beside the program.
    public static func batteryPath() throws(RunningError) -> String {
        let places = sequence(first: folder(), next: { parent(of: $0) }).map { $0 + "/experiments/judge/spec.toml" }
        guard let found = places.first(where: { access($0, R_OK) == 0 }) else {
            throw .failed(
                "the judge's programs are not beside \(folder()); \(remedy), or name a battery with --battery")
        }
        return found
    }

    private static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/"), path.count > 1 else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// In a wheel both stand in the package's `_bin`.
    private static var remedy: String {
        folder().hasSuffix("/_bin")
            ? "install the package again: pip install --force-reinstall swprof" : "build it with: make build"
    }

    /// The folder of the running program, links resolved.
    static func folder() -> String {
        realPath("/proc/self/exe").flatMap(parent) ?? "."
    }
}
