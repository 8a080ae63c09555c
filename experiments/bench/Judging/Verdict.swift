import Statistics

/// Whether a figure is what was asked.
enum Verdict: String, Sendable, Codable {
    case met, missed
    /// The interval is too wide, or holds both answers.
    case undecided
    /// It could not be measured; the row's text says why.
    case failed
    /// Nothing is asked of it: it stands beside another figure.
    case shown
}

/// What is asked of a figure that has an interval.
enum Asked: Sendable {
    case atMost(Double)
    case atLeast(Double)
    /// The same of the upper end of the interval, so that a straddling interval is a miss.
    case upperEndAtMost(Double)
    /// That the interval lies below, however wide it is.
    case intervalAtMost(Double)
    /// That the interval holds it, however wide it is.
    case holds(Double)
    case nothing

    func verdict(on estimate: RoundsEstimate?, precision: Precision) -> Verdict {
        switch self {
        case .nothing: return .shown
        case .intervalAtMost(let limit):
            guard let bounds = estimate?.bounds else { return .undecided }
            return bounds.high <= limit ? .met : bounds.low > limit ? .missed : .undecided
        case .holds(let value):
            guard let bounds = estimate?.bounds else { return .undecided }
            return bounds.low <= value && value <= bounds.high ? .met : .missed
        case .atLeast(let limit):
            guard precision.isReached(by: estimate), let bounds = estimate?.bounds else { return .undecided }
            return bounds.low >= limit ? .met : bounds.high < limit ? .missed : .undecided
        case .atMost(let limit), .upperEndAtMost(let limit):
            return verdict(on: estimate, limit: limit, precision: precision)
        }
    }

    private func verdict(on estimate: RoundsEstimate?, limit: Double, precision: Precision) -> Verdict {
        guard precision.isReached(by: estimate), let bounds = estimate?.bounds else { return .undecided }
        if bounds.high <= limit { return .met }
        if case .atMost = self { return bounds.low > limit ? .missed : .undecided }
        return .missed
    }
}

/// What is asked of a figure that is counted: that enough trials of all of them succeed.
struct EnoughOf: Sendable {
    /// The 18 of 20, as a part.
    var part = 0.9

    func needed(of trials: Int) -> Int { Int((Double(trials) * part).rounded(.up)) }

    /// Undecided under 20 trials: a quick look proves nothing.
    func verdict(successes: Int, of trials: Int) -> Verdict {
        guard trials >= 20 else { return .undecided }
        return successes >= needed(of: trials) ? .met : .missed
    }
}
