import Statistics

/// How many of so many trials succeeded.
public struct Trials: Sendable, Equatable {
    public var successes: Int
    public var count: Int

    public init(successes: Int, count: Int) { (self.successes, self.count) = (successes, count) }

    public static func + (a: Trials, b: Trials) -> Trials {
        Trials(successes: a.successes + b.successes, count: a.count + b.count)
    }

    public var part: Double? { count > 0 ? Double(successes) / Double(count) : nil }

    /// Clopper and Pearson's.
    public var bounds: Bounds? { ClopperPearson.interval(Double(successes), of: Double(count)) }

    /// The probability of so few successes, were each as likely as `edge`: the exact one-sided test.
    public func tooFew(for edge: Double) -> Double { BinomialTest.isBelow(edge, successes, of: count) }

    /// The probability of so many successes, were each as likely as `edge`.
    public func tooMany(for edge: Double) -> Double { BinomialTest.isAbove(edge, successes, of: count) }

    /// `95.1 % [94.0, 96.1]`
    public var text: String {
        guard let part else { return "none" }
        return "\(Words.percent(part)) \(Words.percent(bounds))"
    }
}

extension Rule {
    /// How likely the part that was seen must be, were the true one at the edge, before that is a miss.
    public static let level = 0.01

    /// The verdict on the part of trials that succeeded: met where the part that was seen is; missed where it is so far off
    /// that chance explains it with p < 0.01; else undecided.
    public func verdict(on trials: Trials) -> Verdict {
        guard let part = trials.part else { return .undecided }
        guard !parts.contains(part) else { return .met }
        let p = part < parts.lowerBound ? trials.tooFew(for: parts.lowerBound) : trials.tooMany(for: parts.upperBound)
        return p < Self.level ? .missed : .undecided
    }

    /// The true parts that are as asked.
    private var parts: ClosedRange<Double> {
        switch self {
        case .atLeast(let edge): min(edge, 1)...1
        case .atMost(let edge), .upperEndAtMost(let edge), .intervalAtMost(let edge): 0...max(0, edge)
        case .holds(let edge): edge...edge
        case .within(let range): range
        }
    }

    /// What is asked of a part, in percent.
    public var text: String {
        switch self {
        case .atLeast(let edge): "at least \(Words.percent(edge, 0))"
        case .atMost(let edge), .upperEndAtMost(let edge), .intervalAtMost(let edge):
            "at most \(Words.percent(edge, 0))"
        case .holds(let edge): Words.percent(edge, 0)
        case .within(let range): "\(Self.number(range.lowerBound)) to \(Self.number(range.upperBound)) %"
        }
    }

    /// In percent, with a decimal only where there is one.
    private static func number(_ part: Double) -> String {
        let text = Words.decimals(100 * part, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
