import Analysis
import Measuring
import Statistics

/// Whether planted functions get the share that is theirs.
struct SeenRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "the share within \(Words.percent(program.tolerance ?? bounds.shares, 0)) of the true one, but for chance"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let runs = evidence.pairs.map { Self.run($0, evidence.program.planted) }
        guard let chance = ChanceOfShares(runs), let error = Jackknife.mean(runs.map { $0.reported[0] - $0.truth[0] })
        else { return .cannotTell("nothing can be held against the truth") }
        let tolerance = evidence.program.tolerance ?? bounds.shares
        return RuleFinding(
            verdict: chance.verdict(level: level, tolerance: tolerance, shown: max(bounds.shown, tolerance)),
            measured: RuleFinding.figures("error", error).merging([
                "share": .number(chance.reported[0]), "truth": .number(chance.truth[0]),
                "p": .number(chance.faultless?.p(chance.totalVariation)),
            ]) { $1 },
            bound: tolerance,
            text: "\(Words.percent(chance.reported[0])) of \(Words.percent(chance.truth[0])), off by "
                + "\(Words.decimals(100 * error.value, 2)) points \(Words.percent(error.bounds, 2))")
    }

    /// The planted functions as one place.
    private static func run(_ pair: JudgedPair, _ planted: [String]) -> ChanceOfShares.Run {
        ChanceOfShares.Run(
            reported: [planted.reduce(0) { $0 + (pair.reported.functions[$1]?.share ?? 0) }],
            truth: [planted.reduce(0) { $0 + (pair.truth.shares[$1] ?? 0) }], looks: pair.reported.looks)
    }
}
