import ProfileModel

/// When `compare --until` has seen enough.
///
/// It looks after 5, 10, 20, 40 and 80 rounds, each time at a confidence of 1 − 0.05/5, so that all five
/// looks together are right 95 % of the time whichever of them is the last (C. E. Bonferroni 1936). Enough is
/// seen where the half-width of every self share of a function that is at least 1 %, and of every design's slowdown
/// where that is asked for, is at most the error. What has no interval, such as a share of 1 in all runs, is not waited for.
public enum StoppingRule {
    public static let looks = [5, 10, 20, 40, 80]
    public static let confidence = 1 - 0.05 / Double(looks.count)
    static let leastShare = 0.01

    /// What a look at findings says.
    ///
    /// - Parameter slowdowns: whether these are waited for, too.
    public static func verdict(on findings: CompareFindings, error: Double, slowdowns: Bool = false) -> UntilFinding {
        let widths = shareWidths(findings) + (slowdowns ? slowdownWidths(findings) : [])
        let widest = widths.max { $0.halfWidth < $1.halfWidth }
        return UntilFinding(
            error: error, runs: findings.runs, isReached: widest.map { $0.halfWidth <= error } ?? false,
            widest: widest?.what, halfWidth: widest?.halfWidth)
    }

    private static func slowdownWidths(_ findings: CompareFindings) -> [(what: String, halfWidth: Double)] {
        findings.designs.compactMap { design in
            half(design.slowdown?.low, design.slowdown?.high).map { ("the slowdown of \(design.name)", $0) }
        }
    }

    private static func shareWidths(_ findings: CompareFindings) -> [(what: String, halfWidth: Double)] {
        findings.designs.flatMap { design in
            design.functions.filter { ($0.`self`.share ?? 0) >= leastShare }.compactMap { function in
                half(function.`self`.low, function.`self`.high).map {
                    ("the share of \(function.qualname) by \(design.name)", $0)
                }
            }
        }
    }

    private static func half(_ low: Double?, _ high: Double?) -> Double? {
        guard let low, let high, low.isFinite, high.isFinite else { return nil }
        return (high - low) / 2
    }
}

/// Whether, and why, `compare --until` stopped.
public struct UntilFinding: Encodable, Sendable, Equatable {
    /// The half-width asked for.
    public var error: Double
    public var runs: Int
    public var isReached: Bool
    /// The figure with the widest interval, in words.
    @ExplicitNull public var widest: String?
    @ExplicitNull public var halfWidth: Double?

    public init(error: Double, runs: Int, isReached: Bool, widest: String? = nil, halfWidth: Double? = nil) {
        self.error = error
        self.runs = runs
        self.isReached = isReached
        self.widest = widest
        self.halfWidth = halfWidth
    }

    /// Why it ended, as a sentence.
    public var text: String {
        let figure =
            widest.flatMap { name in halfWidth.map { ", the widest being \(name): ±\(Words.decimals($0, 4))" } } ?? ""
        let wanted = "±\(Words.decimals(error, 4))"
        return isReached
            ? "Stopped after \(runs) runs: every interval is within \(wanted)\(figure)."
            : "Stopped after \(runs) runs, the last look: not every interval is within \(wanted)\(figure)."
    }

    /// What the looks on the way do to the intervals.
    public var caveats: [Caveat] {
        let looks = StoppingRule.looks.map(String.init).joined(separator: ", ")
        let adjusted = Caveat(
            code: "repeated-looks",
            text: "The intervals are checked after \(looks) runs, so each is at "
                + "\(Words.percent(StoppingRule.confidence)), for 95 % over all checks.")
        guard !isReached else { return [adjusted] }
        return [adjusted, Caveat(code: "error-not-reached", text: text)]
    }
}
