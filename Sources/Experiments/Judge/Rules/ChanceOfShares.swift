import Analysis
import Measuring
import Statistics

/// Shares of several runs beside the true ones, and what a tool without any fault would be off by.
///
/// Every share is the mean over runs, so each run counts the same.
struct ChanceOfShares {
    /// One run: its shares over places, and how often it was looked at.
    struct Run {
        var reported: [Double]
        var truth: [Double]
        /// `nil` of tracers, and where the tool does not tell.
        var looks: Double?
    }

    /// How far apart the mean shares are.
    let totalVariation: Double
    /// The mean shares over the places.
    let reported: [Double]
    let truth: [Double]
    /// `nil` where there are too few runs to know how they differ.
    let faultless: FaultlessTool?

    /// `nil` where there is no run.
    init?(_ runs: [Run]) {
        guard !runs.isEmpty else { return nil }
        reported = Self.mean(runs.map(\.reported))
        truth = Self.mean(runs.map(\.truth))
        totalVariation = TotalVariation.between(FaultlessTool.completed(reported), FaultlessTool.completed(truth))
        let looks = runs.compactMap { $0.looks.flatMap { Int(exactly: $0.rounded()) } }
        faultless =
            looks.count == runs.count
            ? FaultlessTool(truths: runs.map(\.truth), samples: looks) : FaultlessTool(unprofiled: runs.map(\.truth))
    }

    private static func mean(_ vectors: [[Double]]) -> [Double] {
        vectors[0].indices.map { place in vectors.reduce(0) { $0 + $1[place] } / Double(vectors.count) }
    }

    /// Beyond what chance explains and beyond what is let pass: missed. Within what is let pass, or where an error of
    /// `shown` would have been beyond chance: met.
    func verdict(level: Double, tolerance: Double, shown: Double) -> JudgeRow.Answer {
        if totalVariation <= tolerance { return .met }
        guard let faultless else { return .cannotTell }
        if faultless.p(totalVariation) < level { return .missed }
        return faultless.quantile(1 - level) <= shown ? .met : .cannotTell
    }

    func finding(level: Double, tolerance: Double, shown: Double) -> RuleFinding {
        var finding = RuleFinding(
            verdict: verdict(level: level, tolerance: tolerance, shown: shown),
            measured: ["totalVariation": .number(totalVariation), "floor": .number(faultless?.floor)], bound: tolerance,
            text: "\(Words.percent(totalVariation, 2)) apart")
        guard let faultless else { return finding }
        let p = faultless.p(totalVariation)
        finding.measured["p"] = .number(p)
        finding.text += "; a faultless tool \(Words.percent(faultless.floor, 2)), p = \(Words.decimals(p, 4))"
        return finding
    }
}
