import Analysis

/// A share as text, its figure and its bounds apart, so that columns of them line up.
struct ShareText: Equatable {
    /// `97.1 %`
    var share: String
    /// `[96.4, 97.7]` for an interval, `(71.2, 79.9)` for worst-case bounds where none is valid, else empty.
    var bounds = ""
    var isWorstCase = false

    static let missing = ShareText(share: Figures.missing)

    init(share: String) { self.share = share }

    init(_ estimate: Estimate?) {
        guard let estimate, let share = estimate.share, share.isFinite else {
            self = .missing
            return
        }
        let digits = Self.digits(of: estimate, share: share)
        func percent(_ value: Double) -> String { Figures.fixed(value * 100, digits) }
        self.share = percent(share) + " %"
        if let low = estimate.low, let high = estimate.high {
            bounds = "[\(percent(low)), \(percent(high))]"
        } else if let low = estimate.worstLow, let high = estimate.worstHigh {
            bounds = "(\(percent(low)), \(percent(high)))"
            isWorstCase = true
        }
    }

    /// Whether a figure's bounds are the worst case, without the cost of its text.
    static func isWorstCase(_ estimate: Estimate) -> Bool {
        guard estimate.share?.isFinite == true, estimate.low == nil || estimate.high == nil else { return false }
        return estimate.worstLow != nil && estimate.worstHigh != nil
    }

    /// Both as one text, for people and for screen readers.
    var text: String { bounds.isEmpty ? share : "\(share) \(bounds)" }

    /// One digit after the point, two where the interval or the share is smaller than a tenth of a point.
    private static func digits(of estimate: Estimate, share: Double) -> Int {
        if share != 0, abs(share) < 0.000_95 { return 2 }
        guard let low = estimate.low, let high = estimate.high else { return 1 }
        return high - low < 0.001 && high > low ? 2 : 1
    }
}
