import Analysis
import Measuring
import ProfileModel
import Statistics

/// Whether the tool's own 95 % intervals hold the truth of the very run.
struct CoverageRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "at least \(Words.percent(bounds.coverage, 0)) of its intervals hold the truth, but for chance"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        Self.finding([evidence], bounds)
    }

    /// Of several programs together: functions of runs are the trials.
    static func finding(_ evidences: [Evidence], _ bounds: BatteryBounds) -> RuleFinding {
        let trials = evidences.flatMap(\.pairs).map(Self.trials).reduce(Trials(successes: 0, count: 0), +)
        guard trials.count > 0 else { return .cannotTell("it prints no intervals") }
        return RuleFinding(
            verdict: .init(Rule.atLeast(bounds.coverage).verdict(on: trials)),
            measured: [
                "coverage": .number(trials.part), "low": .number(trials.bounds?.low),
                "high": .number(trials.bounds?.high), "intervals": .count(trials.count),
            ],
            bound: bounds.coverage, text: "\(trials.text) of \(trials.count.grouped) intervals")
    }

    private static func trials(_ pair: JudgedPair) -> Trials {
        guard pair.reported.hasIntervals, let looks = pair.reported.looks else { return Trials(successes: 0, count: 0) }
        let covered = pair.truth.shares.map { function, truth in
            isCovered(truth, pair.reported.functions[function], looks)
        }
        return Trials(successes: covered.count { $0 }, count: covered.count)
    }

    /// A function that no sample saw is not listed. Left out, only runs that overrate a rare one would count.
    private static func isCovered(_ truth: Double, _ share: ReportedShares.Share?, _ looks: Double) -> Bool {
        guard let share else { return truth <= ClopperPearson.interval(0, of: looks)?.high ?? 1 }
        guard let low = share.low, let high = share.high else { return false }
        return low <= truth && truth <= high
    }
}
