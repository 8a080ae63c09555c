import Testing

@testable import Statistics

@Suite("A faultless sampler")
struct PerfectSamplerTests {
    /// ½ Σ E|X/N − p| for two places is E|X/N − ½| = √(1/(2πN)) in the limit.
    @Test func theFloorOfTwoEvenPlacesIsTheMeanAbsoluteDeviation() throws {
        let sampler = try #require(PerfectSampler(truths: [[0.5, 0.5]], samples: [10_000]))
        #expect(abs(sampler.floor - 0.003_989) < 0.000_15)
    }

    @Test func runsAreAveraged() throws {
        let one = try #require(PerfectSampler(truths: [[0.3, 0.5]], samples: [500]))
        let many = try #require(
            PerfectSampler(truths: Array(repeating: [0.3, 0.5], count: 4), samples: Array(repeating: 500, count: 4)))
        #expect(abs(many.floor / one.floor - 0.5) < 0.03)
    }

    @Test func whatIsMissingFromOneIsAPlaceOfItsOwn() {
        #expect(PerfectSampler.completed([0.25, 0.5]) == [0.25, 0.5, 0.25])
        #expect(PerfectSampler.completed([0.75, 0.5]) == [0.75, 0.5, 0])
    }

    @Test func probabilitiesFallAndAreNeverNone() throws {
        let sampler = try #require(PerfectSampler(truths: [[0.2]], samples: [100], draws: 99))
        #expect(sampler.p(0) == 1 && sampler.p(1) == 0.01)
        #expect(sampler.p(sampler.quantile(0.5)) > 0.4)
    }

    @Test func withoutSamplesThereIsNone() {
        #expect(PerfectSampler(truths: [], samples: []) == nil)
        #expect(PerfectSampler(truths: [[1]], samples: [0]) == nil)
    }
}
