import FoundationEssentials
import Running

/// The programs of the package pyperformance that figures are asked of, as the package has them.
struct PyPerformance: Sendable {
    static let python = ".venv/bin/python"

    static let ten = [
        "richards", "chaos", "nbody", "raytrace", "float", "fannkuch", "nqueens", "pickle_pure_python", "json_dumps",
        "regex_compile",
    ]

    /// Run with the tests' own environment, which has the package.
    static func script(_ name: String) -> Script {
        let program = PyPerformanceProgram(name, package: package)
        return Script(path: program.script, arguments: program.arguments, python: python)
    }

    private static var package: String {
        let library = ".venv/lib"
        let version = (try? FileManager.default.contentsOfDirectory(atPath: library))?.first { $0.hasPrefix("python3") }
        return "\(library)/\(version ?? "python3")/site-packages/pyperformance"
    }
}
