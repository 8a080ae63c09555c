import Statistics

/// How much longer ten programs of pyperformance take under `evalframe`, on geometric average.
struct EvalFrameSlowdown: Figure {
    var name: String { "pyperformance" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let arms = PyPerformance.ten.flatMap { program in
            let script = PyPerformance.script(program)
            let control = Arm(name: control(program), command: bench.programs.controlCommand(script))
            var profiled = bench.programs.profiledArm(design: "evalframe", script: script)
            profiled.name = program
            return [control, profiled]
        }
        try await bench.measure([mean] + PyPerformance.ten.map(single), of: arms, as: name)
    }

    private func control(_ program: String) -> String { "\(Arm.control) \(program)" }

    private var mean: RoundedFigure {
        RoundedFigure(
            figure: "slowdown of evalframe, geometric mean of ten programs",
            asked: .atMost(1.25), askedText: "at most 1.25", precision: .tenth, places: 3
        ) { rounds in
            Jackknife.geometricMean(ofRatios: PyPerformance.ten.map { (rounds.wall($0), rounds.wall(control($0))) })
        }
    }

    private func single(_ program: String) -> RoundedFigure {
        RoundedFigure(figure: "slowdown of evalframe, \(program)", asked: .nothing, askedText: "", precision: .tenth, places: 3) {
            Jackknife.ratio($0.wall(program), to: $0.wall(control(program)))
        }
    }
}
