import Analysis
import Measuring
import ProfileModel

/// Whether every stack is one that the program can have.
struct StacksRule: JudgeRule {
    /// Fewer stacks say nothing.
    private static let fewest = 100

    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "at most \(Words.percent(bounds.stacks)) of the stacks cannot be"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let all = evidence.profiled.compactMap(\.stacks)
        guard !all.isEmpty else { return .cannotTell("it tells no whole stacks") }
        let trials = Trials(
            successes: all.reduce(0) { $0 + $1.impossible }, count: all.reduce(0) { $0 + $1.stacks })
        let verdict: Verdict = trials.count < Self.fewest ? .undecided : Rule.atMost(bounds.stacks).verdict(on: trials)
        let example = all.lazy.compactMap(\.example).first.map { ": \($0)" } ?? ""
        return RuleFinding(
            verdict: .init(verdict),
            measured: ["impossible": .count(trials.successes), "stacks": .count(trials.count)],
            bound: bounds.stacks, text: "\(trials.successes.grouped) of \(trials.count.grouped) stacks\(example)")
    }
}
