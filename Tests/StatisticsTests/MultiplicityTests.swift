import Testing

@testable import Statistics

/// Values: statsmodels' `multipletests(p, method="holm")`; the rest by hand.
struct MultiplicityTests {
    @Test func holmStepsDown() {
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
        for (ours, theirs) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(ours - theirs) < 1e-15) }
        #expect(Holm.adjusted([0.5, 0.9]) == [1, 1])
        #expect(Holm.adjusted([]) == [])
    }

    @Test func bonferroniSharesOutTheError() {
        #expect(SimultaneousConfidence.bonferroni(1) == 0.95)
        #expect(abs(SimultaneousConfidence.bonferroni(50) - 0.999) < 1e-15)
        #expect(abs(SimultaneousConfidence.bonferroni(5, confidence: 0.9) - 0.98) < 1e-15)
        #expect(SimultaneousConfidence.bonferroni(0) == 0.95)
    }

    /// (1 + 60)·0.5⁶⁰ and, of one trial, 0.94.
    @Test func binomialTestsAreExact() {
        let tail: Double = 61 / Double(UInt64(1) << 60)
        #expect(abs(BinomialTest.isBelow(0.5, 1, of: 60) / tail - 1) < 1e-12)
        #expect(abs(BinomialTest.isAbove(0.5, 59, of: 60) / tail - 1) < 1e-12)
        #expect(abs(BinomialTest.isAbove(0.94, 1, of: 1) - 0.94) < 1e-15)
        #expect(BinomialTest.isAbove(0.94, 0, of: 1) == 1)
    }

    @Test func impossibleCountsProveNothing() {
        for (edge, x, n) in [
            (0.5, -1, 10), (0.5, 11, 10), (1.5, 1, 10), (.nan, 1, 10), (0.5, 1, -1), (0.5, 1, 1 << 40),
        ] {
            #expect(BinomialTest.isBelow(edge, x, of: n) == 1)
            #expect(BinomialTest.isAbove(edge, x, of: n) == 1)
        }
    }

    @Test func clusteredMeanHasAnIntervalFromThreeRuns() throws {
        let mean = try #require(ClusteredMean.of([1.9, 2.0, 2.1, 2.2, 1.8]))
        #expect(abs(mean.value - 2) < 1e-12)
        #expect(abs((mean.bounds?.low ?? 0) - 1.8036756838522443) < 1e-9)
        #expect(ClusteredMean.of([1, 3]) == RoundsEstimate(value: 2, bounds: nil))
        #expect(ClusteredMean.of([]) == nil)
        #expect(ClusteredMean.of([1, 2, .nan]) == nil)
    }
}
