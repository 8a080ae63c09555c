import CGSL

/// What a sampler without any fault would be off by, with as many samples as a real one had.
///
/// In run r its nᵣ samples are Multinomial(nᵣ, pᵣ) over the run's true shares pᵣ. The statistic is the total variation
/// between the mean of its shares over the runs and that of the true ones; it is drawn by simulation.
public struct PerfectSampler: Sendable, Equatable {
    /// In ascending order.
    public let draws: [Double]

    /// - Parameters:
    ///   - truths: by run, the true shares over the same places; what is missing from 1 is a place of its own.
    ///   - samples: by run.
    /// `nil` where there is no run, or one without a sample.
    public init?(truths: [[Double]], samples: [Int], draws count: Int = 4000, seed: UInt = 1) {
        guard !truths.isEmpty, truths.count == samples.count, count > 0,
            samples.allSatisfy({ (1...Int(UInt32.max)).contains($0) })
        else { return nil }
        let random = RandomSource(seed: seed)
        let whole = truths.map(Self.completed)
        draws = (0..<count).map { _ in Self.draw(whole, samples, random.pointer) }.sorted()
    }

    /// The mean of the draws: the floor that no sampler of this size gets below on average.
    public var floor: Double { draws.reduce(0, +) / Double(draws.count) }

    /// The probability that a faultless sampler is as far off; never 0, for the draws are not all that there could be.
    public func p(_ totalVariation: Double) -> Double {
        let reached = draws.count - (draws.firstIndex { $0 >= totalVariation } ?? draws.count)
        return Double(reached + 1) / Double(draws.count + 1)
    }

    /// What it stays below with probability `p`.
    public func quantile(_ p: Double) -> Double {
        gsl_stats_quantile_from_sorted_data(draws, 1, draws.count, min(max(p, 0), 1))
    }

    /// Shares with the rest of 1 as the last place.
    public static func completed(_ shares: [Double]) -> [Double] {
        shares + [max(0, 1 - shares.reduce(0, +))]
    }

    private static func draw(_ truths: [[Double]], _ samples: [Int], _ random: UnsafeMutablePointer<gsl_rng>)
        -> Double
    {
        var differences = [Double](repeating: 0, count: truths[0].count)
        var counts = [UInt32](repeating: 0, count: truths[0].count)
        for (truth, size) in zip(truths, samples) {
            gsl_ran_multinomial(random, truth.count, UInt32(size), truth, &counts)
            for place in truth.indices { differences[place] += Double(counts[place]) / Double(size) - truth[place] }
        }
        return differences.reduce(0) { $0 + abs($1) } / Double(2 * truths.count)
    }
}
