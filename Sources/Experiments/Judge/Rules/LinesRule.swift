import Measuring

/// Whether the shares of lines are those of the very lines that ran.
struct LinesRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "lines' total variation no more than chance, or at most \(Words.percent(program.tolerance ?? bounds.shares, 0))"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let pairs = evidence.pairs
        guard pairs.contains(where: { !$0.reported.lines.isEmpty }) else {
            return .cannotTell("it tells no lines of functions beneath which time is known")
        }
        let lines = Set(pairs.flatMap { ($0.truth.lines ?? [:]).keys }).sorted()
        let runs = pairs.map { pair in
            ChanceOfShares.Run(
                reported: lines.map { line in Int(line).flatMap { pair.reported.lines[$0]?.share } ?? 0 },
                truth: lines.map { pair.truth.lines?[$0] ?? 0 }, looks: pair.reported.looks)
        }
        return ChanceOfShares(runs)?.finding(
            level: level, tolerance: evidence.program.tolerance ?? bounds.shares, shown: bounds.shown)
            ?? .cannotTell("nothing can be held against the truth")
    }
}
