import Analysis
import ProfileModel

/// Sentences about order, and about what data could have shown.
extension Wording {
    /// How sure the hottest function is, and which change of it would not show.
    static func hottest(_ ranks: RankFinding?, _ functions: [FunctionFinding]) -> String? {
        guard let ranks else { return nil }
        let sure = "\(ranks.function) is the hottest function in \(ranks.sureness) of resamples"
        let hottest = functions.first {
            $0.qualname == ranks.function && $0.file == ranks.file && $0.line == ranks.line
        }
        guard let change = hottest?.detectable, change.isFinite else { return sure }
        return sure + "; repeating this run would detect only changes of its share above \(points(change))"
    }

    /// `functions never sampled hold at most 8.3 % of the time (95 % sure)`; a bound is rounded up.
    static func unseen(_ unseen: UnseenFinding?) -> String? {
        guard let high = unseen?.high, high.isFinite else { return nil }
        let steps = high < 0.000_95 ? 10_000.0 : 1000.0
        let bound = ShareText(Estimate(share: (high * steps).rounded(.up) / steps)).share
        return "functions never sampled hold at most \(bound) of the time (95 % sure)"
    }

    /// By design.
    static func hottest(_ designs: [DesignFinding]) -> [String] {
        designs.compactMap { design in hottest(design.ranks, design.functions).map { "\(design.name): \($0)" } }
    }

    /// `setprofile – signal: τ 0.82, 4 of the 5 hottest the same`
    static func order(_ ranks: RankAgreement) -> String {
        let tau = ranks.kendallTau.map { "τ \(Figures.fixed($0, 2)), " } ?? ""
        let same = Figures.fixed(ranks.overlap * Double(ranks.top), 0)
        return "\(ranks.a) – \(ranks.b): \(tau)\(same) of the \(ranks.top) hottest the same"
    }

    /// `f p.py:3: a 30.0 %, b 33.1 %: +3.1 points [2.0, 4.2], p < 0.001 for these two runs`
    static func difference(_ each: RunDifference, _ paths: ShortPaths) -> String {
        func share(_ value: Double) -> String { ShareText(Estimate(share: value)).share }
        let by = [each.difference.low, each.difference.high].map {
            $0.map { Figures.fixed($0 * 100, 1) } ?? Figures.missing
        }
        let sign = each.difference.mean > 0 ? "+" : ""
        return "\(each.function) \(paths.place(each.file, each.line)): \(each.a) \(share(each.shareA)), \(each.b) "
            + "\(share(each.shareB)): \(sign)\(points(each.difference.mean)) [\(by[0]), \(by[1])], \(Figures.probability(each.p)) \(ofTheseRuns)"
    }

    /// What a p of single runs is about.
    private static let ofTheseRuns = "for these two runs"

    /// What places that differ between single runs do not show.
    static let ofSingleRuns = """
        A difference between two runs does not show that a program has changed: repeats of one program differ too. Only \
        several runs of each can show it (see the caveat `single-runs`).
        """

    /// The p of an agreement, and what it is about where it is not about the programs.
    static func probability(of agreement: Agreement) -> String {
        let p = Figures.probability(agreement.p)
        return agreement.p != nil && agreement.estimand == .thisRun ? "\(p) \(ofTheseRuns)" : p
    }

    private static func points(_ share: Double) -> String {
        Figures.fixed(share * 100, abs(share) < 0.000_95 ? 2 : 1) + " points"
    }
}
