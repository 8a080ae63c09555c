/// What profilers get right, miss and cost: the JSON object of `swprof judge` (`swprof.judge/1`).
public struct JudgeFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.judge/1"
    /// The battery's title, and whether it was its short form.
    public var battery: String
    public var quick: Bool
    public var tools: [JudgeCard]
    public var audit: [String: String]

    public init(battery: String, quick: Bool, tools: [JudgeCard], audit: [String: String] = [:]) {
        (self.battery, self.quick, self.tools, self.audit) = (battery, quick, tools, audit)
    }
}

/// What came of one tool on one interpreter.
public struct JudgeCard: Encodable, Sendable, Equatable {
    public var name: String
    @ExplicitNull public var version: String?
    public var python: String
    public var rows: [JudgeRow]

    public init(name: String, version: String?, python: String, rows: [JudgeRow]) {
        (self.name, self.version, self.python, self.rows) = (name, version, python, rows)
    }
}

/// One question about a tool, and the answer.
public struct JudgeRow: Encodable, Sendable, Equatable {
    /// Whether a tool does what is asked; a rule decides it.
    public enum Answer: String, Sendable, Codable, CaseIterable {
        case met, missed
        case cannotTell = "cannot tell"
    }

    /// What belongs together on a card.
    public enum Group: String, Sendable, Codable, CaseIterable {
        case accuracy, stacks, sight, cost
    }

    public var question: String
    @ExplicitNull public var program: String?
    public var group: Group
    /// Figures by name; what is not known is null.
    public var measured: [String: JudgeFigure]
    /// What the rule compares the figure with; null where there is nothing to compare.
    @ExplicitNull public var bound: Double?
    public var verdict: Answer
    /// What is asked, what was measured and why, for people.
    public var asked: String
    public var text: String

    public init(
        question: String, program: String?, group: Group, measured: [String: JudgeFigure] = [:], bound: Double? = nil,
        verdict: Answer, asked: String, text: String
    ) {
        (self.question, self.program, self.group, self.measured) = (question, program, group, measured)
        (self.bound, self.verdict, self.asked, self.text) = (bound, verdict, asked, text)
    }
}

/// A measured number, count or name.
public enum JudgeFigure: Encodable, Sendable, Equatable {
    case number(Double?)
    case count(Int)
    case text(String)

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number?) where number.isFinite: try container.encode(number)
        case .number: try container.encodeNil()
        case .count(let count): try container.encode(count)
        case .text(let text): try container.encode(text)
        }
    }
}
