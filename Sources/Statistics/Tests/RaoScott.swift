import Glibc

/// The likelihood-ratio statistic of two runs' shares, corrected for how the ticks were drawn.
public struct CorrectedG: Sendable, Equatable {
    /// G/δ̄
    public var statistic: Double
    public var degreesOfFreedom: Int
    /// δ̄: the mean design effect.
    public var designEffect: Double
    /// The probability, by chance alone, of a statistic at least as large: from its drawn null.
    public var p: Double
}

/// The likelihood-ratio statistic of two runs over the places that both saw often enough.
///
/// G = 2 ΣᵢΣⱼ nⱼpᵢⱼ ln(pᵢⱼ/p̂ᵢ), p̂ᵢ pooled by ticks, is χ² with k − 1 degrees of freedom for independent
/// ticks. For others it is δ̄ times that on average, δ̄ the mean design effect: here from the variances Vᵢⱼ of
/// the runs' own noise, δ̄ = h Σᵢ (Vᵢ₁ + Vᵢ₂)/p̂ᵢ / (k − 1), h = n₁n₂/(n₁ + n₂). G/δ̄ is the correction of first
/// order of J. N. K. Rao & A. J. Scott, *JASA* 76 (1981), 221–230, and *Ann. Statist.* 12 (1984), 46–60.
/// It is not χ² where the places' design effects differ (a few functions that alternate fast among slow phases):
/// so `TimelineNull` draws its distribution.
struct RaoScott {
    /// Ticks that must be expected in a place of each run; rarer places are one place together (W. G.
    /// Cochran, *Biometrics* 10, 1954, p. 420).
    static let leastExpected = 5.0

    private let ticks: (a: Double, b: Double)
    /// By place, the cell that it is in; `rest` for rare ones.
    private let cellOfPlace: [Int]
    private let rest: Int
    private let hasRest: Bool
    private let pooled: [Double]
    let designEffect: Double

    /// `nil` where fewer than two places have enough ticks, or a number makes no sense.
    init?(_ a: SamplingNoise, _ b: SamplingNoise) {
        guard a.ticks > 0, b.ticks > 0, (a.ticks + b.ticks).isFinite, (a.shares + b.shares).allSatisfy(\.isFinite)
        else { return nil }
        ticks = (a.ticks, b.ticks)
        let all = zip(a.shares, b.shares).map { (a.ticks * max(0, $0) + b.ticks * max(0, $1)) / (a.ticks + b.ticks) }
        let enough = Self.leastExpected / min(a.ticks, b.ticks)
        let kept = all.indices.filter { all[$0] >= enough }
        rest = kept.count
        var cells = [Int](repeating: rest, count: all.count)
        for (cell, place) in kept.enumerated() { cells[place] = cell }
        cellOfPlace = cells
        let remainder = max(0, 1 - kept.reduce(0) { $0 + all[$1] })
        hasRest = remainder >= enough
        pooled = kept.map { all[$0] } + (hasRest ? [remainder] : [])
        guard pooled.count > 1 else { return nil }
        designEffect = Self.designEffect(pooled, cells, rest: rest, a, b)
        guard designEffect > 0, designEffect.isFinite else { return nil }
    }

    var degreesOfFreedom: Int { pooled.count - 1 }

    /// G/δ̄ of two runs' shares by place.
    func statistic(_ a: [Double], _ b: [Double]) -> Double {
        let (a, b) = (cells(of: a), cells(of: b))
        let g = pooled.indices.reduce(0) { $0 + term(a[$1], b[$1]) }
        return max(0, g) / designEffect
    }

    /// The same of what both runs would be, were they drawn from one timeline and off it by these deviations.
    func statistic(ofDeviations a: [Double], _ b: [Double]) -> Double {
        let (a, b) = (deviations(of: a), deviations(of: b))
        let g = pooled.indices.reduce(0) { $0 + term(max(0, pooled[$1] + a[$1]), max(0, pooled[$1] + b[$1])) }
        return max(0, g) / designEffect
    }
}

extension RaoScott {
    private func term(_ a: Double, _ b: Double) -> Double {
        let p = (ticks.a * a + ticks.b * b) / (ticks.a + ticks.b)
        func part(_ n: Double, _ share: Double) -> Double { share > 0 ? 2 * n * share * log(share / p) : 0 }
        return part(ticks.a, a) + part(ticks.b, b)
    }

    /// What is in no place, or in a rare one, is a cell of its own.
    private func cells(of shares: [Double]) -> [Double] {
        cells(of: shares.map { max(0, $0) }, whole: 1).map { max(0, $0) }
    }

    private func deviations(of moved: [Double]) -> [Double] { cells(of: moved, whole: 0) }

    private func cells(of values: [Double], whole: Double) -> [Double] {
        Self.cells(of: values, whole: whole, cellOfPlace, rest: rest, hasRest: hasRest)
    }

    private static func cells(of values: [Double], whole: Double, _ cellOfPlace: [Int], rest: Int, hasRest: Bool)
        -> [Double]
    {
        var cells = [Double](repeating: 0, count: rest)
        for (place, value) in values.enumerated() where cellOfPlace[place] < rest { cells[cellOfPlace[place]] += value }
        return hasRest ? cells + [whole - cells.reduce(0, +)] : cells
    }

    private static func designEffect(
        _ pooled: [Double], _ cellOfPlace: [Int], rest: Int, _ a: SamplingNoise, _ b: SamplingNoise
    ) -> Double {
        let half = a.ticks * b.ticks / (a.ticks + b.ticks)
        let scatter = [a, b].reduce(0.0) { sum, run in
            let own = Self.cells(of: run.shares, whole: 1, cellOfPlace, rest: rest, hasRest: pooled.count > rest)
            return sum + run.terms.reduce(0) { $0 + $1.variance * $1.term.square(own, pooled, cellOfPlace, rest: rest) }
                / (run.whole * run.whole)
        }
        return half * scatter / Double(pooled.count - 1)
    }
}

extension NoiseTerm {
    /// Σ e²/p̂ over the cells, e = y − p·w what the term moves a cell by, p its run's own share.
    fileprivate func square(_ own: [Double], _ pooled: [Double], _ cellOfPlace: [Int], rest: Int) -> Double {
        var moved = own.map { -$0 * weight }
        if moved.count > rest { moved[rest] += weight }
        for (place, amount) in zip(places, amounts) where cellOfPlace[Int(place)] < rest {
            moved[cellOfPlace[Int(place)]] += amount
            if moved.count > rest { moved[rest] -= amount }
        }
        return zip(moved, pooled).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    }
}
