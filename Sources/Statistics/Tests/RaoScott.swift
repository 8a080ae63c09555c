import CGSL
import Glibc

/// One run's shares of all places, how many ticks they are from, and their design effects.
public struct ClassifiedTicks: Sendable {
    public var ticks: Double
    /// By place. What is missing to 1 is a place of its own.
    public var shares: [Double]
    /// By place: variance over p(1 − p)/ticks.
    public var designEffects: [Double]

    public init(ticks: Double, shares: [Double], designEffects: [Double]) {
        self.ticks = ticks
        self.shares = shares
        self.designEffects = designEffects
    }
}

/// The likelihood-ratio statistic of two runs' counts, corrected for how the ticks were drawn.
public struct CorrectedG: Sendable, Equatable {
    /// G/δ̄
    public var statistic: Double
    public var degreesOfFreedom: Int
    /// δ̄: the mean design effect.
    public var designEffect: Double
    /// Upper tail of χ².
    public var p: Double
}

/// Whether two runs have the same shares in all places at once.
///
/// G = 2 ΣᵢΣⱼ nⱼpᵢⱼ ln(pᵢⱼ/p̂ᵢ), p̂ᵢ pooled by ticks, is χ² with k − 1 degrees of freedom for independent
/// ticks. For others it is divided by δ̄ = Σ(1 − p̂ᵢ)dᵢ/(k − 1), with dᵢ the two runs' design effects,
/// each weighted by the other run's part of the ticks: the correction of first order of J. N. K. Rao &
/// A. J. Scott, *JASA* 76 (1981), 221–230, and *Ann. Statist.* 12 (1984), 46–60, for two samples.
public enum RaoScott {
    /// Ticks that must be expected in a place of each run; rarer places are one place together (W. G.
    /// Cochran, *Biometrics* 10, 1954, p. 420).
    static let leastExpected = 5.0

    /// `nil` where fewer than two places have enough ticks, or a number makes no sense.
    public static func test(_ a: ClassifiedTicks, _ b: ClassifiedTicks) -> CorrectedG? {
        guard a.ticks > 0, b.ticks > 0, (a.ticks + b.ticks).isFinite, (a.shares + b.shares).allSatisfy(\.isFinite)
        else { return nil }
        let cells = cells(a, b)
        guard cells.count > 1 else { return nil }
        let effects = cells.reduce(0) { $0 + (1 - $1.pooled(a.ticks, b.ticks)) * $1.effect }
        let mean = effects / Double(cells.count - 1)
        guard mean > 0, mean.isFinite else { return nil }
        let statistic = max(0, cells.reduce(0) { $0 + $1.g(a.ticks, b.ticks) }) / mean
        GSLErrors.areReturned
        return CorrectedG(
            statistic: statistic, degreesOfFreedom: cells.count - 1, designEffect: mean,
            p: gsl_cdf_chisq_Q(statistic, Double(cells.count - 1)))
    }
}

extension RaoScott {
    /// One place in both runs.
    private struct Cell {
        var a: Double
        var b: Double
        var effect: Double

        func pooled(_ na: Double, _ nb: Double) -> Double { (na * a + nb * b) / (na + nb) }

        func g(_ na: Double, _ nb: Double) -> Double {
            let p = pooled(na, nb)
            func term(_ n: Double, _ share: Double) -> Double { share > 0 ? 2 * n * share * log(share / p) : 0 }
            return term(na, a) + term(nb, b)
        }
    }

    /// The places with enough ticks, and one for all others and what no place has.
    private static func cells(_ a: ClassifiedTicks, _ b: ClassifiedTicks) -> [Cell] {
        let (toA, toB) = (b.ticks / (a.ticks + b.ticks), a.ticks / (a.ticks + b.ticks))
        let all = a.shares.indices.map { place in
            Cell(
                a: max(0, a.shares[place]), b: max(0, b.shares[place]),
                effect: toA * a.designEffects[place] + toB * b.designEffects[place])
        }
        let enough = leastExpected / min(a.ticks, b.ticks)
        let kept = all.filter { $0.pooled(a.ticks, b.ticks) >= enough }
        // Of what is lumped together the variance is not known; no schedule of ours is worse than 1.
        let rest = Cell(
            a: max(0, 1 - kept.reduce(0) { $0 + $1.a }), b: max(0, 1 - kept.reduce(0) { $0 + $1.b }), effect: 1)
        return rest.pooled(a.ticks, b.ticks) >= enough ? kept + [rest] : kept
    }
}
