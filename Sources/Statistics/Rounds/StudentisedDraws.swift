import CGSL

/// The ratio of two sums over some rounds, with its standard error on a scale.
struct RatioOfSums {
    var value: Double
    /// The value on the scale.
    var centre: Double
    var error: Double
    /// Whether the scale has the ratio at its ends or between them.
    var isPossible: Bool

    /// To first order: with eᵢ = aᵢ − r·bᵢ the variance of log r is R/(R − 1) · Σe²/(Σa)² (W. G. Cochran,
    /// Sampling Techniques, 3rd ed. 1977, equation 2.39), and that of its logit 1/(1 − r)² times as much.
    init(_ parts: [Double], _ wholes: [Double], rounds: [Int], on scale: Jackknife.Scale) {
        var (part, whole) = (0.0, 0.0)
        for round in rounds {
            part += parts[round]
            whole += wholes[round]
        }
        let ratio = part / whole
        var squares = 0.0
        for round in rounds {
            let residual = parts[round] - ratio * wholes[round]
            squares += residual * residual
        }
        let count = Double(rounds.count)
        value = ratio
        centre = scale.there(ratio)
        error = (count / (count - 1) * squares).squareRoot() / part * scale.slope(ratio)
        isPossible = whole > 0 && ratio.isFinite && scale.holds(ratio)
    }
}

extension Bootstrap {
    /// (draw − estimate)/error of each draw, ascending; `nil` where a draw is at an end of the scale.
    static func distances(
        from all: RatioOfSums, _ parts: [Double], _ wholes: [Double], on scale: Jackknife.Scale,
        _ replicates: Int, _ seed: UInt
    ) -> [Double]? {
        let random = RandomSource(seed: seed)
        var rounds = Array(parts.indices)
        var distances: [Double] = []
        distances.reserveCapacity(replicates)
        for _ in 0..<replicates {
            for place in rounds.indices { rounds[place] = random.index(below: rounds.count) }
            let draw = RatioOfSums(parts, wholes, rounds: rounds, on: scale)
            guard draw.centre.isFinite else { return nil }
            let distance = draw.centre - all.centre
            distances.append(distance == 0 ? 0 : distance / draw.error)
        }
        return distances.sorted()
    }

    /// The estimate less the distances' upper and lower quantile in its own errors, on the scale; `nil`
    /// where draws without error of their own reach that far.
    static func studentised(_ all: RatioOfSums, _ distances: [Double], _ confidence: Double) -> Bounds? {
        func end(_ level: Double) -> Double {
            all.centre - all.error * gsl_stats_quantile_from_sorted_data(distances, 1, distances.count, level)
        }
        let (low, high) = (end((1 + confidence) / 2), end((1 - confidence) / 2))
        return low.isFinite && high.isFinite ? Bounds(low: low, high: high) : nil
    }
}
