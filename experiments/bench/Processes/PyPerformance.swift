import FoundationEssentials

/// The programs of the package pyperformance that figures are asked of, as the package has them.
struct PyPerformance: Sendable {
    static let python = ".venv/bin/python"

    static let ten = [
        "richards", "chaos", "nbody", "raytrace", "float", "fannkuch", "nqueens", "pickle_pure_python", "json_dumps",
        "regex_compile",
    ]

    /// One value, in one process: without `--worker` another process would be started for it, which is not the one
    /// that is profiled. Run with the tests' own environment, which has the package.
    static func script(_ name: String) -> Script {
        let isPickle = name == "pickle_pure_python"
        let words = ["--worker", "--debug-single-value"] + (isPickle ? ["--pure-python", "pickle"] : [])
        return Script(path: "\(folder)/bm_\(isPickle ? "pickle" : name)/run_benchmark.py", arguments: words, python: python)
    }

    private static var folder: String {
        let library = ".venv/lib"
        let version = (try? FileManager.default.contentsOfDirectory(atPath: library))?.first { $0.hasPrefix("python3") }
        return "\(library)/\(version ?? "python3")/site-packages/pyperformance/data-files/benchmarks"
    }
}
