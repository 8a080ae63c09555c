import Analysis
import Measuring
import Statistics

/// Whether the share of every function is right on average. The run is the unit of the intervals.
struct SharesRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "every function's mean error at most \(Words.percent(program.tolerance ?? bounds.shares, 0)), but for chance"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let pairs = evidence.pairs
        let errors = evidence.functions.map { function in
            FunctionError(
                function,
                pairs.map { ($0.reported.functions[function]?.share ?? 0) - ($0.truth.shares[function] ?? 0) },
                level: level / Double(max(1, evidence.functions.count)))
        }
        guard let worst = errors.max(by: { abs($0.error) < abs($1.error) }) else {
            return .cannotTell("the program does not say what is true of it")
        }
        let tolerance = evidence.program.tolerance ?? bounds.shares
        let verdict: JudgeRow.Answer =
            errors.contains { $0.isBeyondChance && abs($0.error) > tolerance }
            ? .missed : errors.allSatisfy { $0.isWithin(bounds.shown) } ? .met : .cannotTell
        return RuleFinding(
            verdict: verdict, measured: worst.figures, bound: tolerance,
            text: "furthest \(worst.text); \(Words.count(pairs.count, "run"))")
    }
}

/// How far off the mean share of a function is over runs.
private struct FunctionError {
    let function: String
    let error: Double
    private let bounds: Bounds?
    let isBeyondChance: Bool

    init(_ function: String, _ errors: [Double], level: Double) {
        let estimate = Jackknife.mean(errors)
        (self.function, error, bounds) = (function, estimate?.value ?? 0, estimate?.bounds)
        let wide = Jackknife.mean(errors, confidence: 1 - level)?.bounds
        isBeyondChance = wide.map { $0.low > 0 || $0.high < 0 } ?? false
    }

    func isWithin(_ reach: Double) -> Bool { bounds.map { $0.low >= -reach && $0.high <= reach } ?? false }

    var figures: [String: JudgeFigure] {
        [
            "function": .text(function), "error": .number(error), "low": .number(bounds?.low),
            "high": .number(bounds?.high),
        ]
    }

    var text: String { "\(function) \(Words.decimals(100 * error, 2)) points \(Words.percent(bounds, 2))" }
}
