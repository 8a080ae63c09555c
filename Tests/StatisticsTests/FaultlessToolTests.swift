import Testing

@testable import Statistics

@Suite("A faultless tool")
struct FaultlessToolTests {
    /// ½ Σ E|X/N − p| for two places is E|X/N − ½| = √(1/(2πN)) in the limit.
    @Test func theFloorOfTwoEvenPlacesIsTheMeanAbsoluteDeviation() throws {
        let sampler = try #require(FaultlessTool(truths: [[0.5, 0.5]], samples: [10_000]))
        #expect(abs(sampler.floor - 0.003_989) < 0.000_15)
    }

    @Test func runsAreAveraged() throws {
        let one = try #require(FaultlessTool(truths: [[0.3, 0.5]], samples: [500]))
        let many = try #require(
            FaultlessTool(truths: Array(repeating: [0.3, 0.5], count: 4), samples: Array(repeating: 500, count: 4)))
        #expect(abs(many.floor / one.floor - 0.5) < 0.03)
    }

    @Test func whatIsMissingFromOneIsAPlaceOfItsOwn() {
        #expect(FaultlessTool.completed([0.25, 0.5]) == [0.25, 0.5, 0.25])
        #expect(FaultlessTool.completed([0.75, 0.5]) == [0.75, 0.5, 0])
    }

    @Test func probabilitiesFallAndAreNeverNone() throws {
        let sampler = try #require(FaultlessTool(truths: [[0.2]], samples: [100], draws: 99))
        #expect(sampler.p(0) == 1 && sampler.p(1) == 0.01)
        #expect(sampler.p(sampler.quantile(0.5)) > 0.4)
    }

    /// Two shares of either kind of run differ by a standard deviation of √(2/R)·s; the mean of the absolute value is √(2/π) of
    /// it, and √(9/2)·Γ(4)/Γ(4.5) = 1.094 times that for a variance that ten runs know.
    @Test func aTracersFloorFollowsFromHowRunsDiffer() throws {
        let runs = [0.40, 0.44, 0.36, 0.42, 0.38, 0.41, 0.39, 0.45, 0.35, 0.40].map { [$0] }
        let tool = try #require(FaultlessTool(unprofiled: runs))
        let variance = runs.reduce(0) { $0 + ($1[0] - 0.4) * ($1[0] - 0.4) } / 9
        #expect(abs(tool.floor - 1.094 * (2 * variance / 10 * 2 / Double.pi).squareRoot()) < 0.000_7)
        #expect(FaultlessTool(unprofiled: [[0.1], [0.2]]) == nil)
        #expect(try #require(FaultlessTool(unprofiled: Array(repeating: [0.1], count: 5))).quantile(1) < 1e-12)
    }

    @Test func withoutSamplesThereIsNone() {
        #expect(FaultlessTool(truths: [], samples: []) == nil)
        #expect(FaultlessTool(truths: [[1]], samples: [0]) == nil)
    }
}
