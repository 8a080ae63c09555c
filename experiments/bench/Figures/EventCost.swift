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
        func script(_ paths: Int) -> Script { Script(path: "experiments/bench/call_paths.py", arguments: [String(paths), "1000000"]) }
        return EventCost(design: design, what: "paths", few: script(10), many: script(100_000), most: 2, range: "at 100,000 call paths / at 10")
    }

    /// - Parameter version: of a newer Python; `nil` for the one that is measured with.
    static func depth(_ design: String, to most: Int = 10_000, on version: String? = nil) -> EventCost {
        func script(_ depth: Int) -> Script {
            Script(
                path: "experiments/bench/call_depth.py", arguments: [String(depth), "5000000"],
                python: version.map { NewerPython.path($0) })
        }
        return EventCost(
            design: design, what: version.map { "depth \($0)" } ?? "depth", few: script(10), many: script(most), most: 1.2,
            range: "\(most) deep / 10 deep" + (version.map { " on \($0)" } ?? ""))
    }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let arms = [("few", few), ("many", many)].flatMap { size, script in
            var profiled = bench.programs.profiledArm(design: design, script: script)
            profiled.name = size
            return [Arm(name: "\(Arm.control) \(size)", command: bench.programs.controlCommand(script)), profiled]
        }
        try await bench.measure([ratio], of: arms, as: name)
    }

    private var ratio: RoundedFigure {
        RoundedFigure(
            figure: "\(design) adds to a call \(range)",
            asked: .atMost(most), askedText: "at most \(decimals(most, 1))", precision: .tenth, places: 3
        ) { Jackknife.ratio(added("many", in: $0), to: added("few", in: $0)) }
    }

    private func added(_ size: String, in rounds: [Round]) -> [Double] {
        zip(rounds.cpu(size), rounds.cpu("\(Arm.control) \(size)")).map { $0 - $1 }
    }
}
