import Analysis
import Measuring
import Statistics

/// Whether planted functions get the share that is theirs.
struct SeenRule: JudgeRule {
    func asked(_ bounds: BatteryBounds, _ program: BatteryProgram) -> String {
        "the share within \(Words.percent(program.tolerance ?? bounds.shares, 0)) of the true one, but for chance"
    }

    func finding(_ evidence: Evidence, _ bounds: BatteryBounds, level: Double) -> RuleFinding {
        let shares = evidence.pairs.map { PlantedShare($0, evidence.program.planted) }
        guard let error = Jackknife.mean(shares.map { $0.share - $0.truth }) else {
            return .cannotTell("nothing can be held against the truth")
        }
        let truth = shares.reduce(0) { $0 + $1.truth } / Double(shares.count)
        let tolerance = evidence.program.tolerance ?? bounds.shares
        let isOff = abs(error.value) > tolerance && isBeyondChance(shares, level: level)
        let reach = error.bounds.map { max(abs($0.low), abs($0.high)) } ?? .infinity
        let isSure = max(shares.compactMap(\.looks).isEmpty ? reach : 0, Self.reach(shares) ?? reach) <= bounds.shown
        return RuleFinding(
            verdict: isOff ? .missed : isSure || abs(error.value) <= tolerance ? .met : .cannotTell,
            measured: RuleFinding.figures("error", error).merging([
                "share": .number(truth + error.value), "truth": .number(truth),
            ]) { $1 },
            bound: tolerance,
            text: "\(Words.percent(truth + error.value)) of \(Words.percent(truth)), off by "
                + "\(Words.decimals(100 * error.value, 2)) points \(Words.percent(error.bounds, 2))")
    }

    /// Of a sampler by the exact test of what it saw in all runs, of others by how runs differ.
    private func isBeyondChance(_ shares: [PlantedShare], level: Double) -> Bool {
        guard let seen = SeenCounts(shares) else {
            let wide = Jackknife.mean(shares.map { $0.share - $0.truth }, confidence: 1 - level)?.bounds
            return wide.map { $0.low > 0 || $0.high < 0 } ?? false
        }
        let p = min(
            BinomialTest.isBelow(seen.truth, seen.hits, of: seen.looks),
            BinomialTest.isAbove(seen.truth, seen.hits, of: seen.looks))
        return 2 * p < level
    }

    /// How far off a faultless sampler may be: the half-width of the exact interval.
    private static func reach(_ shares: [PlantedShare]) -> Double? {
        guard let seen = SeenCounts(shares) else { return nil }
        return ClopperPearson.interval(seen.truth * Double(seen.looks), of: Double(seen.looks)).map { ($0.high - $0.low) / 2 }
    }
}

/// The planted functions in one run.
private struct PlantedShare {
    let share: Double
    let truth: Double
    let looks: Double?

    init(_ pair: JudgedPair, _ planted: [String]) {
        share = planted.reduce(0) { $0 + (pair.reported.functions[$1]?.share ?? 0) }
        truth = planted.reduce(0) { $0 + (pair.truth.shares[$1] ?? 0) }
        looks = pair.reported.looks
    }
}

/// What was seen in all runs together. Runs whose truths differ make the exact test only more careful, for the variance of
/// their sum is less than the binomial's.
private struct SeenCounts {
    let looks: Int
    let hits: Int
    /// The share that a look had to see.
    let truth: Double

    init?(_ shares: [PlantedShare]) {
        let all = shares.compactMap(\.looks)
        guard !all.isEmpty, all.count == shares.count, let looks = Int(exactly: all.reduce(0, +).rounded()), looks > 0
        else { return nil }
        self.looks = looks
        let seen = zip(shares, all).reduce((hits: 0.0, truth: 0.0)) {
            ($0.hits + $1.0.share * $1.1, $0.truth + $1.0.truth * $1.1)
        }
        hits = min(looks, Int(seen.hits.rounded()))
        truth = min(1, seen.truth / Double(looks))
    }
}
