import FoundationEssentials

/// The newer interpreters, as `tools/pythons` has made them.
enum NewerPython {
    private static let suites = ["3.13": "trixie", "3.14": "sid", "3.15": "sid"]

    /// Where the interpreter of such a version is, whether or not it is there.
    static func path(_ version: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(environment["HOME"] ?? "")/.cache"
        return "\(cache)/swprof/pythons/\(suites[version] ?? version)/usr/bin/python\(version)"
    }
}

extension Script {
    /// The same for another interpreter, with the packages of the tests' environment.
    func on(_ version: String) -> Script {
        Script(path: "experiments/bench/with_packages.py", arguments: words, python: NewerPython.path(version))
    }
}
