import Measuring
import Statistics

/// What `setprofile` adds to a program, in CPU time, against what cProfile adds; and the same of the
/// part of either that is its own: above a callback that does nothing; and against that callback.
struct TracingCost: Figure {
    var workload: String
    var script: Script

    var name: String { "tracing \(workload)" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        try await bench.measure([added, own, floor], of: arms(bench.programs), as: name)
    }

    private func arms(_ programs: Programs) -> [Start] {
        [
            Start(.control, programs.controlCommand(script)),
            programs.profiled(.tool("nothing"), script),
            programs.profiled(.tool("setprofile"), script),
            Start(.tool("cProfile"), programs.cProfileCommand(script)),
        ]
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "setprofile adds / cProfile adds, \(workload)",
            asked: .atMost(0.75), askedText: "at most 0.75", precision: .tenth, places: 3
        ) { ratioOfAdded(.tool("setprofile"), .tool("cProfile"), above: .control, in: $0) }
    }

    private var floor: RoundedFigure {
        RoundedFigure(
            figure: "setprofile adds / a callback that does nothing adds, \(workload)",
            asked: .atMost(1.2), askedText: "at most 1.2", precision: .tenth, places: 3
        ) { ratioOfAdded(.tool("setprofile"), .tool("nothing"), above: .control, in: $0) }
    }

    private var own: RoundedFigure {
        RoundedFigure(
            figure: "setprofile's own part / cProfile's, \(workload)",
            asked: .atMost(0.3), askedText: "at most 0.3", precision: .tenth, places: 3
        ) { ratioOfAdded(.tool("setprofile"), .tool("cProfile"), above: .tool("nothing"), in: $0) }
    }
}

/// (mean CPU of `a` − of `floor`) / (mean CPU of `b` − of `floor`), paired by round.
func ratioOfAdded(_ a: Arm, _ b: Arm, above floor: Arm, in rounds: [BenchRound]) -> RoundsEstimate? {
    let floors = rounds.cpu(floor)
    return Jackknife.ratio(
        zip(rounds.cpu(a), floors).map { $0 - $1 }, to: zip(rounds.cpu(b), floors).map { $0 - $1 })
}
