import Analysis
import Measuring
import Statistics

/// Answers one question about a tool on one program: a function of profiles and truths, however these came about.
protocol JudgeRule {
    /// What is asked, for people.
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String

    /// - Parameter level: the probability that a faultless tool may miss by chance.
    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding
}

/// What a rule found.
struct RuleFinding: Equatable {
    var verdict: JudgeRow.Answer
    var measured: [String: JudgeFigure] = [:]
    var bound: Double?
    /// What was measured, or why it was not, for people.
    var text: String

    static func cannotTell(_ why: String) -> RuleFinding { RuleFinding(verdict: .cannotTell, text: why) }
}

extension BatteryAsk {
    var rule: any JudgeRule {
        switch self {
        case .shares: SharesRule()
        case .variation: VariationRule()
        case .coverage: CoverageRule()
        case .lines: LinesRule()
        case .time: TimeRule()
        case .stacks: StacksRule()
        case .seen: SeenRule()
        case .seconds: SecondsRule()
        case .samples: SamplesRule()
        case .start: StartRule()
        case .slowdown: SlowdownRule()
        case .cpu: CPURule()
        case .memory: MemoryRule()
        }
    }

    var group: JudgeRow.Group {
        switch self {
        case .shares, .variation, .coverage, .lines, .time: .accuracy
        case .stacks: .stacks
        case .seen, .seconds: .sight
        case .samples, .start, .slowdown, .cpu, .memory: .cost
        }
    }
}

extension JudgeRow.Answer {
    /// What a rule of measuring says, in a card's words.
    init(_ verdict: Verdict) {
        switch verdict {
        case .met: self = .met
        case .missed: self = .missed
        case .undecided, .failed: self = .cannotTell
        }
    }
}

extension RuleFinding {
    /// A figure with its interval over runs, held against a rule.
    init(_ rule: Rule, on estimate: RoundsEstimate?, bound: Double, figure: String, unit: String = "", places: Int = 2)
    {
        self.init(
            verdict: .init(rule.verdict(on: estimate, precision: .tenth)), bound: bound,
            text: Words.estimate(estimate, places, unit: unit))
        measured = Self.figures(figure, estimate)
    }

    static func figures(_ name: String, _ estimate: RoundsEstimate?) -> [String: JudgeFigure] {
        [
            name: .number(estimate?.value), "low": .number(estimate?.bounds?.low),
            "high": .number(estimate?.bounds?.high),
        ]
    }
}
