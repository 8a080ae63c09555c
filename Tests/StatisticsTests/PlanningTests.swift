import Testing

@testable import Statistics

@Suite struct SampleSizeTests {
    /// 1.96²·¼/0.01² = 9,603.6.
    @Test func theWorstShareToAPoint() {
        #expect(SampleSize.samples(ShareScatter(share: 0.5), error: 0.01) == 9604)
        #expect(SampleSize.samples(ShareScatter(share: 0.5, designEffect: 0.1), error: 0.01) == 961)
    }

    @Test func whatIsPlannedHasJustTheErrorAskedFor() throws {
        let scatter = ShareScatter(share: 0.3, designEffect: 0.7, betweenRuns: 0.01)
        for runs in [5, 20, 100] {
            let samples = try #require(SampleSize.samplesPerRun(scatter, error: 0.01, runs: runs))
            let error = 1.959_964 * scatter.variance(runs: Double(runs), samplesPerRun: samples).squareRoot()
            #expect(error <= 0.01 && error > 0.0098)
        }
    }

    @Test func runsThatDifferByMoreThanTheErrorAreTooFew() throws {
        let scatter = ShareScatter(share: 0.3, betweenRuns: 0.02)
        #expect(SampleSize.samplesPerRun(scatter, error: 0.01, runs: 15) == nil)
        #expect(SampleSize.samplesPerRun(scatter, error: 0.01, runs: 16) != nil)
        #expect(SampleSize.runs(scatter, error: 0.01) == 31)
        #expect(SampleSize.runs(ShareScatter(share: 0.3), error: 0.01) == 1)
    }

    @Test func whatMakesNoSenseHasNoPlan() {
        for share in [0, 1, -1, 2, Double.nan] {
            #expect(SampleSize.samples(ShareScatter(share: share), error: 0.01) == nil)
        }
        for error in [0, -1, Double.nan, 1e-300] {
            #expect(SampleSize.samples(ShareScatter(share: 0.5), error: error) == nil)
        }
        #expect(SampleSize.runs(ShareScatter(share: 0.5, betweenRuns: 1), error: 1e-300) == nil)
    }
}

@Suite struct DetectableChangeTests {
    /// (1.959964 + 0.841621)·√2 = 3.962.
    @Test func ofAKnownVariance() throws {
        #expect(abs(try #require(DetectableChange.between(variance: 1)) - 3.962_04) < 1e-4)
    }

    /// With t of 9 degrees of freedom, 2.262157 and 0.883404.
    @Test func ofAnEstimatedVariance() throws {
        let change = try #require(DetectableChange.between(variance: 1, degreesOfFreedom: 9))
        #expect(abs(change - 4.448_48) < 1e-4)
    }

    @Test func withoutVarianceNothingIsKnown() {
        for variance in [0, -1, Double.nan, .infinity] {
            #expect(DetectableChange.between(variance: variance) == nil)
            #expect(DetectableChange.between(variance: variance, degreesOfFreedom: 3) == nil)
        }
    }
}
