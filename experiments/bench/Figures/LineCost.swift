import Measuring
import Running
import Statistics

/// What `lines` adds to each line of a function, in CPU time, against what line_profiler does, with only that
/// function traced in both.
struct LineCost: Figure {
    var name: String { "lines" }

    private static let function = "lines"
    /// line_profiler there, but not at work: loading it is no cost of a line.
    private static let imported = Arm.tool("line_profiler's control")
    private static let lineProfiler = Arm.tool("line_profiler")
    private static let lines: Arm = {
        var settings = ProfilingSettings(seed: 0)
        (settings.design, settings.functions) = (.lines, [function])
        return .design(settings)
    }()

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        var script = programs.helper("many_lines", "400000")
        script.python = PyPerformance.python
        let arms = [
            Start(.control, programs.controlCommand(script)),
            programs.profiled(Self.lines, script),
            Start(Self.imported, programs.lineProfilerCommand(script, function: Self.function, isProfiled: false)),
            Start(Self.lineProfiler, programs.lineProfilerCommand(script, function: Self.function, isProfiled: true)),
        ]
        try await bench.measure([added], of: arms, as: name)
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "lines adds / line_profiler adds, one function traced",
            asked: .atMost(0.5), askedText: "at most 0.5", precision: .tenth, places: 3
        ) {
            Jackknife.ratio(
                added(Self.lines, above: .control, in: $0), to: added(Self.lineProfiler, above: Self.imported, in: $0))
        }
    }

    private func added(_ arm: Arm, above control: Arm, in rounds: [BenchRound]) -> [Double] {
        zip(rounds.cpu(arm), rounds.cpu(control)).map { $0 - $1 }
    }
}
