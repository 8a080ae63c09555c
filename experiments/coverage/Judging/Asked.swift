/// What is asked of a part of trials.
enum Asked: Sendable {
    /// The true part is at least this.
    case atLeast(Double)
    /// The true part is in this range.
    case within(ClosedRange<Double>)

    /// How likely the part that was seen must be, were the true one at the edge, before that is a miss.
    static let level = 0.01

    /// Met where the part that was seen is; missed where it is so far off that chance explains it with
    /// p < 0.01; else undecided.
    func verdict(on trials: Trials) -> Verdict {
        guard let part = trials.part else { return .undecided }
        switch self {
        case .atLeast(let edge):
            return part >= edge ? .met : trials.tooFew(for: edge) < Self.level ? .missed : .undecided
        case .within(let range):
            if range.contains(part) { return .met }
            let p = part < range.lowerBound ? trials.tooFew(for: range.lowerBound) : trials.tooMany(for: range.upperBound)
            return p < Self.level ? .missed : .undecided
        }
    }

    var text: String {
        switch self {
        case .atLeast(let edge): "at least \(Words.percent(edge, 0))"
        case .within(let range): "\(Self.number(range.lowerBound)) to \(Self.number(range.upperBound)) %"
        }
    }

    /// In percent, with a decimal only where there is one.
    private static func number(_ part: Double) -> String {
        let text = Words.decimals(100 * part, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
