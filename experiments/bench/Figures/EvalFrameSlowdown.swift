import Measuring
import Statistics

/// How much longer ten programs of pyperformance take under `evalframe`, on geometric average.
struct EvalFrameSlowdown: Figure {
    var name: String { "pyperformance" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let arms = PyPerformance.ten.flatMap { program in
            let script = PyPerformance.script(program)
            return [
                Start(control(program), bench.programs.controlCommand(script)),
                bench.programs.profiled(evalframe(program), script),
            ]
        }
        try await bench.measure([mean] + PyPerformance.ten.map(single), of: arms, as: name)
    }

    private func control(_ program: String) -> Arm { Arm(.control, program: program) }
    private func evalframe(_ program: String) -> Arm { .tool("evalframe", program: program) }

    private var mean: RoundedFigure {
        RoundedFigure(
            figure: "slowdown of evalframe, geometric mean of ten programs",
            asked: .atMost(1.25), askedText: "at most 1.25", precision: .tenth, places: 3
        ) { rounds in
            Jackknife.geometricMean(
                ofRatios: PyPerformance.ten.map { (rounds.wall(evalframe($0)), rounds.wall(control($0))) })
        }
    }

    private func single(_ program: String) -> RoundedFigure {
        RoundedFigure(
            figure: "slowdown of evalframe, \(program)", asked: nil, askedText: "", precision: .tenth, places: 3
        ) {
            Jackknife.ratio($0.wall(evalframe(program)), to: $0.wall(control(program)))
        }
    }
}
