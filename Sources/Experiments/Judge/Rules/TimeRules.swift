import Analysis
import Measuring
import Statistics

/// Whether the seconds of the program's main function are those that it took.
struct TimeRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "the seconds reported of \(program.name) within \(Words.percent(bounds.time, 0)) of those that it took"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let parts = evidence.profiled.compactMap { run in
            run.reported?.secondsWithin.flatMap { within in run.truth?.seconds.map { within / $0 } }
        }
        return RuleFinding(
            .within(1 - bounds.time...1 + bounds.time), on: Jackknife.mean(parts), bound: bounds.time, figure: "ratio",
            places: 3)
    }
}

/// Whether planted functions get the seconds that are theirs, wherever they run.
struct SecondsRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "the seconds within \(Words.percent(bounds.seconds, 0)) of the true ones"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let planted = evidence.program.planted
        let parts = evidence.pairs.compactMap { pair -> Double? in
            let truth = planted.reduce(0) { $0 + (pair.truth.shares[$1] ?? 0) } * (pair.truth.seconds ?? 0)
            guard truth > 0 else { return nil }
            return planted.reduce(0) { $0 + (pair.reported.seconds[$1] ?? 0) } / truth
        }
        return RuleFinding(
            .within(1 - bounds.seconds...1 + bounds.seconds), on: Jackknife.mean(parts), bound: bounds.seconds,
            figure: "ratio")
    }
}
