/// What `evalframe` adds to a program, in CPU time, against what cProfile adds where it counts no C functions either.
struct EvalFrameCost: Figure {
    var workload: String
    var script: Script

    var name: String { "evalframe \(workload)" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        let arms = [
            Arm(name: Arm.control, command: programs.controlCommand(script)),
            programs.profiledArm(design: "evalframe", script: script),
            Arm(name: "cProfile", command: programs.cProfilePythonCommand(script)),
        ]
        try await bench.measure([added], of: arms, as: name)
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "evalframe adds / cProfile (builtins=False) adds, \(workload)",
            asked: .atMost(0.2), askedText: "at most 0.2", precision: .tenth, places: 3
        ) { ratioOfAdded("evalframe", "cProfile", above: Arm.control, in: $0) }
    }
}
