import Statistics

/// What `lines` adds to each line of a function, in CPU time, against what line_profiler does, with only that
/// function traced in both.
struct LineCost: Figure {
    var name: String { "lines" }

    private static let function = "lines"
    /// line_profiler there, but not at work: loading it is no cost of a line.
    private static let imported = "line_profiler's control"

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        var script = programs.helper("many_lines", "400000")
        script.python = PyPerformance.python
        let arms = [
            Arm(name: Arm.control, command: programs.controlCommand(script)),
            programs.profiledArm(design: "lines", functions: [Self.function], script: script),
            Arm(name: Self.imported, command: programs.lineProfilerCommand(script, function: Self.function, isProfiled: false)),
            Arm(name: "line_profiler", command: programs.lineProfilerCommand(script, function: Self.function, isProfiled: true)),
        ]
        try await bench.measure([added], of: arms, as: name)
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "lines adds / line_profiler adds, one function traced",
            asked: .atMost(0.5), askedText: "at most 0.5", precision: .tenth, places: 3
        ) { Jackknife.ratio(added("lines", above: Arm.control, in: $0), to: added("line_profiler", above: Self.imported, in: $0)) }
    }

    private func added(_ arm: String, above control: String, in rounds: [Round]) -> [Double] {
        zip(rounds.cpu(arm), rounds.cpu(control)).map { $0 - $1 }
    }
}
