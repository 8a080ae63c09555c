import Statistics

/// How narrow an interval has to be before its figure means something.
enum Precision: Sendable {
    /// Half-width at most a tenth of the figure.
    case tenth
    /// Half-width at most 0.005 where the slowdown is within 0.1 of 1, else a tenth of the figure.
    case slowdown

    func isReached(by estimate: RoundsEstimate?) -> Bool {
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
