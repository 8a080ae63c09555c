import CGSL

/// Intervals over rounds by drawing rounds with replacement: to stand beside the jackknife's.
///
/// Bias-corrected and accelerated (BCa): B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap
/// (1993), equations 14.9 and 14.10, with the bias of eq. 14.14, ties counted half, and the
/// acceleration of eq. 14.15. BCa needs no scale to be chosen, where the jackknife takes log or logit. For
/// few rounds it is too narrow: there is none under 20, and from there on it is a second opinion.
public enum Bootstrap {
    /// The fewest rounds that an interval is made from.
    public static let fewestRounds = 20

    /// The ratio of two means, paired by round. `nil` where either mean is not above 0.
    public static func ratio(
        _ numerators: [Double], to denominators: [Double], replicates: Int = 10_000, seed: UInt, confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let ratios = Jackknife.leaveOneOut(numerators, over: denominators)
        guard ratios.full > 0, ratios.full.isFinite else { return nil }
        let resampling = Resampling(numerators, denominators, replicates: replicates, seed: seed)
        return RoundsEstimate(value: ratios.full, bounds: resampling?.bounds(ratios, confidence))
    }

    /// The share E[part] / E[whole]. `nil` where the wholes are not above 0 together; there is no interval
    /// where the share is 0 or 1 in all rounds, as with the jackknife.
    public static func share(
        _ parts: [Double], of wholes: [Double], replicates: Int = 10_000, seed: UInt, confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let shares = Jackknife.leaveOneOut(parts, over: wholes)
        guard shares.full.isFinite else { return nil }
        guard shares.full > 0, shares.full < 1 else { return RoundsEstimate(value: shares.full, bounds: nil) }
        let resampling = Resampling(parts, wholes, replicates: replicates, seed: seed)
        return RoundsEstimate(value: shares.full, bounds: resampling?.bounds(shares, confidence))
    }
}

/// The ratios of sums over rounds drawn with replacement, ascending.
private struct Resampling {
    let ratios: [Double]

    /// `nil` under 20 rounds, without replicates, and where a draw leaves nothing to divide by.
    init?(_ parts: [Double], _ wholes: [Double], replicates: Int, seed: UInt) {
        guard parts.count >= Bootstrap.fewestRounds, replicates > 0 else { return nil }
        let random = RandomSource(seed: seed)
        var ratios: [Double] = []
        ratios.reserveCapacity(replicates)
        for _ in 0..<replicates {
            var (part, whole) = (0.0, 0.0)
            for _ in parts.indices {
                let round = random.index(below: parts.count)
                part += parts[round]
                whole += wholes[round]
            }
            guard whole > 0, (part / whole).isFinite else { return nil }
            ratios.append(part / whole)
        }
        self.ratios = ratios.sorted()
    }

    /// The quantiles of the replicates at BCa's two levels.
    func bounds(_ jackknifed: Jackknife.Replicates, _ confidence: Double) -> Bounds? {
        guard let acceleration = acceleration(jackknifed.without) else { return nil }
        let bias = Quantile.normal(min(max(partBelow(jackknifed.full), leastPart), 1 - leastPart))
        func quantile(_ level: Double) -> Double {
            let shifted = bias + Quantile.normal(level)
            let adjusted = gsl_cdf_ugaussian_P(bias + shifted / (1 - acceleration * shifted))
            return gsl_stats_quantile_from_sorted_data(ratios, 1, ratios.count, adjusted)
        }
        return Bounds(low: quantile((1 - confidence) / 2), high: quantile((1 + confidence) / 2))
    }

    /// What no more can be told from: half a replicate.
    private var leastPart: Double { 0.5 / Double(ratios.count) }

    private func partBelow(_ value: Double) -> Double {
        let doubled = ratios.reduce(0) { $0 + ($1 < value ? 2 : $1 == value ? 1 : 0) }
        return Double(doubled) / 2 / Double(ratios.count)
    }

    /// Σ(θ̂₍·₎ − θ̂₍ᵢ₎)³ / 6(Σ(θ̂₍·₎ − θ̂₍ᵢ₎)²)^(3/2); 0 where no round differs from another.
    private func acceleration(_ without: [Double]) -> Double? {
        guard without.allSatisfy(\.isFinite) else { return nil }
        let mean = without.reduce(0, +) / Double(without.count)
        let squares = without.reduce(0) { $0 + (mean - $1) * (mean - $1) }
        let cubes = without.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
}
