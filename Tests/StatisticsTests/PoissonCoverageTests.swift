import Statistics
import Testing

/// The coverage of the interval of Poisson ticks, enumerated: no simulation, every count with its probability.
///
/// Between two ends of intervals coverage only rises or falls without a jump within one set of counts that
/// cover, so its extremes are looked for next to every end.
struct PoissonCoverageTests {
    @Test(arguments: [44, 50, 62, 88, 100, 137, 150, 300, 1000, 5000])
    func isWithinTwoPointsWhereTenAreExpected(ticks: Int) throws {
        let extremes = try extremes(ticks)
        #expect(extremes.enough.lowerBound >= 0.93)
        #expect(extremes.enough.upperBound <= 0.97)
        #expect(extremes.fewer.lowerBound >= 0.93)
    }

    /// Of few ticks it can cover more than 97 %, but not less than 93.
    @Test(arguments: 20...43)
    func isAtLeastNinetyThreeForFewTicks(ticks: Int) throws {
        let extremes = try extremes(ticks)
        #expect(extremes.enough.lowerBound >= 0.93)
        #expect(extremes.enough.upperBound <= (ticks < 34 ? 0.985 : 0.971))
        #expect(extremes.fewer.lowerBound >= 0.93)
    }

    /// Each of 50 simultaneous intervals misses no more often than it may, so that all hold 95 times in 100.
    @Test(arguments: [100, 1000])
    func simultaneousIntervalsMissNoMoreThanTheyMay(ticks: Int) throws {
        let confidence = SimultaneousConfidence.bonferroni(50)
        let extremes = try extremes(ticks, confidence)
        #expect(extremes.enough.lowerBound >= confidence - 1e-9)
        #expect(extremes.fewer.lowerBound >= confidence - 1e-9)
    }

    /// Least and greatest coverage where at least ten ticks on and ten off are expected, and elsewhere.
    private func extremes(
        _ ticks: Int, _ confidence: Double = 0.95
    ) throws -> (enough: ClosedRange<Double>, fewer: ClosedRange<Double>) {
        let bounds = try (0...ticks).map { try #require(interval($0, of: ticks, confidence)) }
        let ends = bounds.flatMap { [$0.low, $0.high] } + [10 / Double(ticks), 0.5]
        var (enough, fewer) = ([Double](), [Double]())
        for end in ends where end > 0 && end <= 0.5 {
            for chance in [end * (1 - 1e-9), end * (1 + 1e-9)] {
                let coverage = coverage(of: bounds, chance)
                if chance * Double(ticks) >= 10 { enough.append(coverage) } else { fewer.append(coverage) }
            }
        }
        return (try range(enough), try range(fewer))
    }

    private func range(_ values: [Double]) throws -> ClosedRange<Double> {
        try #require(values.min())...(try #require(values.max()))
    }

    /// Both ends grow with the count, so the counts that cover stand side by side.
    private func coverage(of bounds: [Bounds], _ chance: Double) -> Double {
        let first = firstIndex(in: bounds) { $0.high >= chance }
        let beyond = firstIndex(in: bounds) { $0.low > chance }
        let ticks = bounds.count - 1
        let below = first > 0 ? BinomialTest.isBelow(chance, first - 1, of: ticks) : 0
        return BinomialTest.isBelow(chance, beyond - 1, of: ticks) - below
    }

    /// By bisection; the count of all where there is none.
    private func firstIndex(in bounds: [Bounds], where holds: (Bounds) -> Bool) -> Int {
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(bounds[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func interval(_ x: Int, of ticks: Int, _ confidence: Double) -> Bounds? {
        var (sums, totals) = (TickSums(), TickTotals())
        (sums.y, sums.yy, sums.yw, sums.on, sums.full) = (Double(x), Double(x), Double(x), Double(x), Double(x))
        (totals.w, totals.ww, totals.ticks) = (Double(ticks), Double(ticks), Double(ticks))
        return ShareInterval.poisson(sums, totals, confidence: confidence)
    }
}
