import Measuring

/// The part of `monitoring`, in CPU time, that is its own, above callbacks of `sys.monitoring` that do nothing, against
/// cProfile's; and that floor.
struct MonitoringCost: Figure {
    var version: String
    var workload: String
    var script: Script

    init(_ version: String, _ workload: String, _ script: Script) {
        self.version = version
        self.workload = workload
        self.script = script
        self.script.python = NewerPython.path(version)
    }

    var name: String { "monitoring \(version) \(workload)" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let programs = bench.programs
        let arms = [
            Start(.control, programs.controlCommand(script)),
            programs.profiled(Self.floor, script),
            programs.profiled(.tool("monitoring"), script),
            Start(.tool("cProfile"), programs.cProfileCommand(script)),
        ]
        try await bench.measure([own, floor], of: arms, as: name)
    }

    private static let floor = Arm.tool("monitoring-nothing")

    private var own: RoundedFigure {
        RoundedFigure(
            figure: "monitoring's own part / cProfile's, \(version), \(workload)",
            asked: .atMost(0.35), askedText: "at most 0.35", precision: .tenth, places: 3
        ) { ratioOfAdded(.tool("monitoring"), .tool("cProfile"), above: Self.floor, in: $0) }
    }

    private var floor: RoundedFigure {
        RoundedFigure(
            figure: "callbacks that do nothing add / cProfile adds, \(version), \(workload)",
            asked: nil, askedText: "", precision: .tenth, places: 3
        ) { ratioOfAdded(Self.floor, .tool("cProfile"), above: .control, in: $0) }
    }
}
