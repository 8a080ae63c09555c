import Measuring
import ProfileModel
import Statistics

/// How much longer a program takes under `signal` at 1 kHz, beside what interrupting it as often takes by
/// itself: the floor that the machine sets.
struct SamplingSlowdown: Figure {
    var workload: String
    var script: Script

    private static let signal = Arm.tool("signal").at(1000, .jittered)
    private static let interrupt = Arm.tool("interrupt").at(1000, .jittered)

    var name: String { "slowdown \(workload)" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        let arms = [
            Start(.control, programs.controlCommand(script)),
            programs.profiled(Self.signal, script),
            programs.profiled(Self.interrupt, script),
        ]
        try await bench.measure([slowdown, floor], of: arms, as: name)
    }

    private var slowdown: RoundedFigure {
        RoundedFigure(
            figure: "slowdown of signal at 1 kHz, \(workload)",
            asked: .upperEndAtMost(1.02), askedText: "interval's upper end at most 1.02",
            precision: .slowdown, places: 4
        ) { Jackknife.ratio($0.wall(Self.signal), to: $0.wall(.control)) }
    }

    private var floor: RoundedFigure {
        RoundedFigure(
            figure: "the same of a handler that does nothing",
            asked: nil, askedText: "",
            precision: .slowdown, places: 4
        ) { Jackknife.ratio($0.wall(Self.interrupt), to: $0.wall(.control)) }
    }
}

extension Arm {
    fileprivate func at(_ rate: Double, _ schedule: Schedule) -> Arm {
        var arm = self
        (arm.rate, arm.schedule) = (rate, schedule)
        return arm
    }
}
