import Analysis
import Measuring
import ProfileModel
import Statistics

/// Whether a sampler takes the samples that it was asked for.
struct SamplesRule: JudgeRule {
    var rate = 1000.0

    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "at least \(Words.percent(bounds.samples, 0)) of the samples asked for"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        guard evidence.kind == .sampling else { return .cannotTell("it takes no samples") }
        let parts = evidence.pairs.compactMap { pair in
            pair.reported.looks.flatMap { looks in pair.truth.seconds.map { looks / ($0 * rate) } }
        }
        var finding = RuleFinding(
            .atLeast(bounds.samples), on: Jackknife.mean(parts), bound: bounds.samples, figure: "part", places: 3)
        let ledgers = evidence.profiled.compactMap(\.ledger)
        guard !ledgers.isEmpty else { return finding }
        let (due, lost) = (ledgers.reduce(0) { $0 + $1.due }, ledgers.reduce(0) { $0 + $1.lost })
        finding.measured["due"] = .count(due)
        finding.measured["lost"] = .count(lost)
        finding.text += "; by its own word \(lost.grouped) of \(due.grouped) lost"
        return finding
    }
}
