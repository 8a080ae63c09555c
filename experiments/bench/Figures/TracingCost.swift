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

    private func arms(_ programs: Programs) -> [Arm] {
        [
            Arm(name: Arm.control, command: programs.controlCommand(script)),
            programs.profiledArm(design: "nothing", script: script),
            programs.profiledArm(design: "setprofile", script: script),
            Arm(name: "cProfile", command: programs.cProfileCommand(script)),
        ]
    }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "setprofile adds / cProfile adds, \(workload)",
            asked: .atMost(0.75), askedText: "at most 0.75", precision: .tenth, places: 3
        ) { ratioOfAdded("setprofile", "cProfile", above: Arm.control, in: $0) }
    }

    private var floor: RoundedFigure {
        RoundedFigure(
            figure: "setprofile adds / a callback that does nothing adds, \(workload)",
            asked: .atMost(1.2), askedText: "at most 1.2", precision: .tenth, places: 3
        ) { ratioOfAdded("setprofile", "nothing", above: Arm.control, in: $0) }
    }

    private var own: RoundedFigure {
        RoundedFigure(
            figure: "setprofile's own part / cProfile's, \(workload)",
            asked: .atMost(0.3), askedText: "at most 0.3", precision: .tenth, places: 3
        ) { ratioOfAdded("setprofile", "cProfile", above: "nothing", in: $0) }
    }
}

/// (mean CPU of `a` − of `floor`) / (mean CPU of `b` − of `floor`), paired by round.
func ratioOfAdded(_ a: String, _ b: String, above floor: String, in rounds: [Round]) -> RoundsEstimate? {
    let floors = rounds.cpu(floor)
    return Jackknife.ratio(
        zip(rounds.cpu(a), floors).map { $0 - $1 }, to: zip(rounds.cpu(b), floors).map { $0 - $1 })
}
