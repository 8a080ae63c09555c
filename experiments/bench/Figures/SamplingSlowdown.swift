import Statistics

/// How much longer a program takes under `signal` at 1 kHz, beside what interrupting it as often takes by
/// itself: the floor that the machine sets.
struct SamplingSlowdown: Figure {
    var workload: String
    var script: Script

    var name: String { "slowdown \(workload)" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        let arms = [
            Arm(name: Arm.control, command: programs.controlCommand(script)),
            programs.profiledArm(design: "signal", rate: 1000, schedule: .jittered, script: script),
            programs.profiledArm(design: "interrupt", rate: 1000, schedule: .jittered, script: script),
        ]
        try await bench.measure([slowdown, floor], of: arms, as: name)
    }

    private var slowdown: RoundedFigure {
        RoundedFigure(
            figure: "slowdown of signal at 1 kHz, \(workload)",
            asked: .upperEndAtMost(1.02), askedText: "interval's upper end at most 1.02",
            precision: .slowdown, places: 4
        ) { Jackknife.ratio($0.wall("signal"), to: $0.wall(Arm.control)) }
    }

    private var floor: RoundedFigure {
        RoundedFigure(
            figure: "the same of a handler that does nothing",
            asked: .nothing, askedText: "",
            precision: .slowdown, places: 4
        ) { Jackknife.ratio($0.wall("interrupt"), to: $0.wall(Arm.control)) }
    }
}
