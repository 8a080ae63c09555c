import Analysis
import Measuring
import Statistics

/// Shares of several runs beside the true ones, and what a faultless sampler of the same size would be off by.
///
/// Every share is the mean over runs, so each run counts the same.
struct ChanceOfShares {
    /// How far apart the mean shares are.
    let totalVariation: Double
    /// `nil` where the tool takes no samples, or does not tell how many.
    let sampler: PerfectSampler?

    /// - Parameter runs: by run, the reported and the true shares over the same places, and how often it was looked at.
    init?(_ runs: [(reported: [Double], truth: [Double], looks: Double?)]) {
        guard !runs.isEmpty else { return nil }
        let reported = Self.mean(runs.map { PerfectSampler.completed($0.reported) })
        let truth = Self.mean(runs.map { PerfectSampler.completed($0.truth) })
        totalVariation = TotalVariation.between(reported, truth)
        let looks = runs.compactMap { $0.looks.flatMap { Int(exactly: $0.rounded()) } }
        sampler = looks.count == runs.count ? PerfectSampler(truths: runs.map(\.truth), samples: looks) : nil
    }

    private static func mean(_ vectors: [[Double]]) -> [Double] {
        vectors[0].indices.map { place in vectors.reduce(0) { $0 + $1[place] } / Double(vectors.count) }
    }

    /// Beyond what chance explains and beyond what is let pass: missed. Within, where an error of `shown` would have
    /// shown: met.
    func finding(level: Double, tolerance: Double, shown: Double) -> RuleFinding {
        var finding = RuleFinding(
            verdict: .cannotTell,
            measured: ["totalVariation": .number(totalVariation), "floor": .number(sampler?.floor)], bound: tolerance,
            text: "\(Words.percent(totalVariation, 2)) apart")
        guard let sampler else {
            finding.verdict = totalVariation <= tolerance ? .met : totalVariation > shown ? .missed : .cannotTell
            return finding
        }
        let p = sampler.p(totalVariation)
        let edge = sampler.quantile(1 - level)
        finding.measured["p"] = .number(p)
        finding.measured["chance"] = .number(edge)
        finding.text += "; a faultless sampler \(Words.percent(sampler.floor, 2)), p = \(Words.decimals(p, 4))"
        let isOff = p < level && totalVariation > tolerance
        finding.verdict = isOff ? .missed : totalVariation <= tolerance || edge <= shown ? .met : .cannotTell
        return finding
    }
}
