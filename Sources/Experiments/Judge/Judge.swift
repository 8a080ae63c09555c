import Analysis
import Measuring
import ProfileModel

/// Makes a card of what is known of a tool: the rules of a battery, held against its runs.
public struct Judge: Sendable {
    private let battery: Battery

    public init(_ battery: Battery) { self.battery = battery }

    /// The rows of a card, in the order of the battery's programs; what concerns all programs comes first.
    public func rows(_ evidences: [Evidence]) -> [JudgeRow] {
        let covering = evidences.filter { $0.program.asks.contains(.coverage) && $0.failure == nil }
        let coverage = covering.isEmpty ? [] : [coverageRow(covering)]
        return [Self.runsRow(evidences)] + coverage
            + evidences.flatMap { evidence in
                evidence.program.asks.filter { $0 != .coverage }.map { row($0, evidence) }
            }
    }

    /// Whether the tool gives a profile whenever it is asked for one.
    private static func runsRow(_ evidences: [Evidence]) -> JudgeRow {
        let runs = evidences.filter { !$0.controls.isEmpty }.flatMap { evidence in
            evidence.profiled.map { (evidence.program.name, $0.failure) }
        }
        let failed = runs.filter { $0.1 != nil }
        let example = failed.first.map { "; of \($0.0): \($0.1 ?? "")" } ?? ""
        return JudgeRow(
            question: "every program: a profile of every run", program: nil, group: .sight,
            measured: ["runs": .count(runs.count), "failed": .count(failed.count)], bound: 0,
            verdict: runs.isEmpty ? .cannotTell : failed.isEmpty ? .met : .missed, asked: "no run fails",
            text: "\(failed.count) of \(Words.count(runs.count, "run")) failed\(example)")
    }

    private func coverageRow(_ evidences: [Evidence]) -> JudgeRow {
        row(
            .coverage, CoverageRule.finding(evidences, battery.bounds), program: nil, "its own intervals",
            CoverageRule().asked(battery.bounds, evidences[0].program))
    }

    private func row(_ ask: BatteryAsk, _ evidence: Evidence) -> JudgeRow {
        let rule = ask == .samples ? SamplesRule(rate: battery.rate) : ask.rule
        return row(
            ask, finding(rule, ask, evidence), program: evidence.program.name,
            evidence.program.question, rule.asked(battery.bounds, evidence.program))
    }

    private func row(
        _ ask: BatteryAsk, _ finding: RuleFinding, program: String?, _ question: String, _ asked: String
    ) -> JudgeRow {
        JudgeRow(
            question: "\(question): \(ask.words)", program: program, group: ask.group, measured: finding.measured,
            bound: finding.bound, verdict: finding.verdict, asked: asked, text: finding.text)
    }

    /// What has to be known before a rule is asked.
    private func finding(_ rule: any JudgeRule, _ ask: BatteryAsk, _ evidence: Evidence) -> RuleFinding {
        if evidence.controls.isEmpty {
            let why = evidence.obstacle.map { ": \($0)" } ?? ""
            return .cannotTell("the program does not run here without a tool\(why)")
        }
        if let failure = evidence.failure { return RuleFinding(verdict: .missed, text: "no profile: \(failure)") }
        if ask.isOfShares || ask == .time, let silence = evidence.silence {
            return RuleFinding(verdict: silence.isByNature ? .cannotTell : .missed, text: silence.why)
        }
        if evidence.kind == .tracing, ask.isOfShares, evidence.spread > battery.bounds.repeatable {
            return .cannotTell(
                "the program is not repeatable: unprofiled runs differ by \(Words.percent(evidence.spread)) in a share")
        }
        return rule.finding(evidence, battery.bounds, level: battery.levelOfRow)
    }
}

extension BatteryAsk {
    /// Whether a tracer is judged by the shares of unprofiled runs.
    fileprivate var isOfShares: Bool { [.shares, .variation, .lines, .seen, .seconds].contains(self) }

    /// What the row is about, behind the program's own question.
    fileprivate var words: String {
        switch self {
        case .shares: "each function"
        case .variation: "all functions together"
        case .coverage: "coverage"
        case .lines: "lines"
        case .time: "seconds"
        case .stacks: "impossible stacks"
        case .seen: "seen"
        case .seconds: "seconds seen"
        case .samples: "samples taken"
        case .start: "start and end"
        case .slowdown: "slowdown"
        case .cpu: "processor time added"
        case .memory: "memory"
        }
    }
}
