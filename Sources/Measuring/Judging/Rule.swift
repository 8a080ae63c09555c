import Statistics

/// What is asked of a figure, and the verdict that follows from what was measured.
public enum Rule: Sendable {
    case atMost(Double)
    case atLeast(Double)
    case within(ClosedRange<Double>)
    /// The upper end of the interval is at most this, so that a straddling interval is a miss.
    case upperEndAtMost(Double)
    /// The interval lies below, however wide it is.
    case intervalAtMost(Double)
    /// The interval holds it, however wide it is.
    case holds(Double)

    /// The verdict on a figure with an interval over rounds.
    ///
    /// - Parameter precision: how narrow the interval has to be.
    public func verdict(on estimate: RoundsEstimate?, precision: Precision) -> Verdict {
        guard let estimate, let bounds = estimate.bounds, !needsPrecision || precision.isReached(by: estimate) else {
            return .undecided
        }
        switch self {
        case .atMost(let limit), .intervalAtMost(let limit):
            return bounds.high <= limit ? .met : bounds.low > limit ? .missed : .undecided
        case .atLeast(let limit): return bounds.low >= limit ? .met : bounds.high < limit ? .missed : .undecided
        case .upperEndAtMost(let limit): return bounds.high <= limit ? .met : .missed
        case .holds(let value): return bounds.low <= value && value <= bounds.high ? .met : .missed
        case .within(let range): return Self.verdict(bounds, range)
        }
    }

    private var needsPrecision: Bool {
        switch self {
        case .intervalAtMost, .holds, .within: false
        case .atMost, .atLeast, .upperEndAtMost: true
        }
    }

    /// An equivalence test: met where the interval lies within what is allowed, missed where it lies outside.
    private static func verdict(_ bounds: Bounds, _ range: ClosedRange<Double>) -> Verdict {
        if range.contains(bounds.low), range.contains(bounds.high) { return .met }
        return bounds.low > range.upperBound || bounds.high < range.lowerBound ? .missed : .undecided
    }
}

/// How narrow an interval has to be before its figure means something.
public enum Precision: Sendable {
    /// Half-width at most a tenth of the figure.
    case tenth
    /// Half-width at most 0.005 where the slowdown is within 0.1 of 1, else a tenth of the figure.
    case slowdown

    public func isReached(by estimate: RoundsEstimate?) -> Bool {
        guard let estimate, let bounds = estimate.bounds else { return false }
        return (bounds.high - bounds.low) / 2 <= halfWidth(for: estimate.value)
    }

    private func halfWidth(for value: Double) -> Double {
        switch self {
        case .slowdown where abs(value - 1) < 0.1: 0.005
        case .slowdown, .tenth: abs(value) / 10
        }
    }
}
