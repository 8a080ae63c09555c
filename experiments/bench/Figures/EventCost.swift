import Measuring
import Statistics

/// Whether what a tracer adds to a call depends on how many call paths there are, or how deep they go.
struct EventCost: Figure {
    var design: String
    /// What is varied, for the table.
    var what: String
    var few: Script
    var many: Script
    var most: Double
    /// In words: from few to many.
    var range: String

    var name: String { "\(what) \(design)" }

    static func paths(_ design: String) -> EventCost {
        func script(_ paths: Int) -> Script {
            Script(path: "experiments/bench/call_paths.py", arguments: [String(paths), "1000000"])
        }
        return EventCost(
            design: design, what: "paths", few: script(10), many: script(100_000), most: 2,
            range: "at 100,000 call paths / at 10")
    }

    /// - Parameter version: of a newer Python; `nil` for the one that is measured with.
    static func depth(_ design: String, to most: Int = 10_000, on version: String? = nil) -> EventCost {
        func script(_ depth: Int) -> Script {
            Script(
                path: "experiments/bench/call_depth.py", arguments: [String(depth), "5000000"],
                python: version.map { NewerPython.path($0) })
        }
        return EventCost(
            design: design, what: version.map { "depth \($0)" } ?? "depth", few: script(10), many: script(most),
            most: 1.2,
            range: "\(most) deep / 10 deep" + (version.map { " on \($0)" } ?? ""))
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let arms = [("few", few), ("many", many)].flatMap { size, script in
            let profiled = [design, floor].map { bench.programs.profiled(.tool($0, program: size), script) }
            return [Start(Arm(.control, program: size), bench.programs.controlCommand(script))] + profiled
        }
        try await bench.measure([added, own, floorAdded], of: arms, as: name)
    }

    /// What is called as often and does nothing.
    private var floor: String { design == "evalframe" ? "evalframe-nothing" : "nothing" }

    private var added: RoundedFigure {
        RoundedFigure(
            figure: "\(design) adds to a call \(range)",
            asked: .atMost(most), askedText: "at most \(Words.decimals(most, 1))", precision: .tenth, places: 3
        ) { growth(of: .tool(design), above: .control, in: $0) }
    }

    private var own: RoundedFigure {
        RoundedFigure(
            figure: "\(design)'s own part of it \(range)", asked: nil, askedText: "", precision: .tenth, places: 3
        ) { growth(of: .tool(design), above: .tool(floor), in: $0) }
    }

    private var floorAdded: RoundedFigure {
        RoundedFigure(
            figure: "what does nothing adds to a call \(range)", asked: nil, askedText: "", precision: .tenth, places: 3
        ) { growth(of: .tool(floor), above: .control, in: $0) }
    }

    /// What an arm takes more than another of the same size: among many against among few.
    private func growth(of arm: Arm, above other: Arm, in rounds: [BenchRound]) -> RoundsEstimate? {
        func added(_ size: String) -> [Double] {
            zip(rounds.cpu(arm.of(size)), rounds.cpu(other.of(size))).map { $0 - $1 }
        }
        return Jackknife.ratio(added("many"), to: added("few"))
    }
}

extension Arm {
    /// The same of another program.
    fileprivate func of(_ program: String) -> Arm {
        var arm = self
        arm.program = program
        return arm
    }
}
