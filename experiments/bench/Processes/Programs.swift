import Running

/// Where the interpreter, swprof and the programs to measure are, seen from the repository's root.
struct Programs: Sendable {
    var python: String
    var swprof = ".build/release/swprof"
    /// Where profiles, generated programs and the results go.
    var folder = ".build/bench"
    /// From which arms are launched; `nil` where none is.
    var launch: LaunchFolder?

    static let recursion = Script(path: "experiments/workloads/recursion.py")
    static let mixedCalls = Script(path: "experiments/workloads/mixed_calls.py")

    static func sieve(_ n: Int) -> Script {
        Script(path: "experiments/workloads/sieve.py", arguments: [String(n)])
    }

    func helper(_ name: String, _ arguments: String...) -> Script {
        Script(path: "experiments/bench/\(name).py", arguments: arguments)
    }

    func file(_ name: String) -> String { "\(folder)/\(name)" }
}

/// A Python script with its arguments.
struct Script: Sendable, Equatable {
    var path: String
    var arguments: [String] = []
    /// The interpreter that has what the script imports; `nil` where any will do.
    var python: String?

    var words: [String] { [path] + arguments }
}
