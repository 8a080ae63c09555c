import Measuring

/// Whether all functions' shares together are as near to the truth as samples can be.
struct VariationRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "total variation no more than chance, or at most \(Words.percent(program.tolerance ?? bounds.shares, 0))"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let functions = evidence.functions
        let runs = evidence.pairs.map { pair in
            ChanceOfShares.Run(
                reported: functions.map { pair.reported.functions[$0]?.share ?? 0 },
                truth: functions.map { pair.truth.shares[$0] ?? 0 }, looks: pair.reported.looks)
        }
        return ChanceOfShares(runs)?.finding(
            level: level, tolerance: evidence.program.tolerance ?? bounds.shares, shown: bounds.shown)
            ?? .cannotTell("nothing can be held against the truth")
    }
}
