import Measuring

/// What `evalframe` adds to a program, in CPU time, against what cProfile adds where it counts no C functions either.
struct EvalFrameCost: Figure {
    var workload: String
    var script: Script
    var most = 0.2

    var name: String { "evalframe \(workload)" }

    /// Against a newer Python's own cProfile, whose tracing has become cheaper.
    static func on(_ version: String, atMost most: Double) -> [any Figure] {
        [("recursion", Programs.recursion), ("mixed calls", Programs.mixedCalls)].map { workload, script in
            var script = script
            script.python = NewerPython.path(version)
            return EvalFrameCost(workload: "\(version) \(workload)", script: script, most: most)
        }
            + ["richards", "chaos"].map {
                EvalFrameCost(workload: "\(version) \($0)", script: PyPerformance.script($0).on(version), most: most)
            }
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        let arms = [
            Start(.control, programs.controlCommand(script)),
            programs.profiled(.tool("evalframe"), script),
            Start(.tool("cProfile"), programs.cProfilePythonCommand(script)),
        ]
        try await bench.measure([added], of: arms, as: name)
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "evalframe adds / cProfile (builtins=False) adds, \(workload)",
            asked: .atMost(most), askedText: "at most \(Words.decimals(most, 2))", precision: .tenth, places: 3
        ) { ratioOfAdded(.tool("evalframe"), .tool("cProfile"), above: .control, in: $0) }
    }
}
