import CGSL

/// What a profiler without any fault would be off by, with as much data as a real one had.
///
/// The statistic is the total variation between the mean of its shares over runs and that of the true ones. Its distribution
/// is drawn by simulation.
public struct FaultlessTool: Sendable, Equatable {
    /// In ascending order.
    public let draws: [Double]

    /// A sampler: in run r its nᵣ samples are Multinomial(nᵣ, pᵣ) over the run's true shares pᵣ.
    ///
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
        draws = (0..<count).map { _ in Self.sampled(whole, samples, random.pointer) }.sorted()
    }

    /// A tracer, whose runs and those that it is judged by differ as unprofiled runs differ from one another.
    ///
    /// Both means are of runs drawn with replacement. The runs' deviations from their mean are stretched by √(R/(R − 1)), so
    /// that their variance is the unbiased one (B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, section 5.3).
    /// Few runs do not know that variance well: each draw is divided by √(χ²/(R − 1)) with a χ² of R − 1 degrees of freedom, as
    /// Student's t is.
    ///
    /// - Parameter runs: the shares of unprofiled runs over the same places.
    /// `nil` under three runs.
    public init?(unprofiled runs: [[Double]], draws count: Int = 4000, seed: UInt = 1) {
        guard runs.count >= Jackknife.fewestRounds, count > 0 else { return nil }
        let random = RandomSource(seed: seed)
        let deviations = Self.deviations(runs.map(Self.completed))
        draws = (0..<count).map { _ in Self.redrawn(deviations, random) }.sorted()
    }

    /// The mean of the draws: the floor that no tool gets below on average.
    public var floor: Double { draws.reduce(0, +) / Double(draws.count) }

    /// The probability that a faultless tool is as far off; never 0, for the draws are not all that there could be.
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
}

extension FaultlessTool {
    private static func sampled(_ truths: [[Double]], _ samples: [Int], _ random: UnsafeMutablePointer<gsl_rng>)
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

    private static func deviations(_ runs: [[Double]]) -> [[Double]] {
        let count = Double(runs.count)
        let stretch = (count / (count - 1)).squareRoot()
        let means = runs[0].indices.map { place in runs.reduce(0) { $0 + $1[place] } / count }
        return runs.map { run in zip(run, means).map { ($0 - $1) * stretch } }
    }

    private static func redrawn(_ deviations: [[Double]], _ random: borrowing RandomSource) -> Double {
        var differences = [Double](repeating: 0, count: deviations[0].count)
        for _ in deviations {
            let (one, other) = (random.index(below: deviations.count), random.index(below: deviations.count))
            for place in differences.indices { differences[place] += deviations[one][place] - deviations[other][place] }
        }
        let freedom = Double(deviations.count - 1)
        let spread = (gsl_ran_chisq(random.pointer, freedom) / freedom).squareRoot()
        return differences.reduce(0) { $0 + abs($1) } / Double(2 * deviations.count) / spread
    }
}
