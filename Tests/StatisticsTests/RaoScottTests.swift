import Testing

@testable import Statistics

@Suite struct RaoScottTests {
    private func test(_ a: SamplingNoise, _ b: SamplingNoise) throws -> CorrectedG {
        try #require(TimelineNull(a, b, seed: 1)?.g)
    }

    /// The variances 0.21/100 and 0.25/300 over the pooled 0.45 and 0.55, times 75, are 8/9.
    @Test func fourTimesBetterTicksSayFourTimesAsMuch() throws {
        let plain = try test(.independent([30, 70]), .independent([150, 150]))
        let better = try test(.independent([30, 70], effect: 0.25), .independent([150, 150], effect: 0.25))
        #expect(abs(plain.designEffect - 8.0 / 9) < 1e-12 && abs(better.designEffect - 2.0 / 9) < 1e-12)
        #expect(abs(better.statistic - 4 * plain.statistic) < 1e-9 && better.p <= plain.p)
    }

    /// Equal shares: each run's effect counts by the other one's part of the ticks, 3/4 and 1/4.
    @Test func theRunWithFewerTicksDecidesMore() throws {
        let g = try test(.independent([50, 50], effect: 2), .independent([150, 150]))
        #expect(abs(g.designEffect - 1.75) < 1e-12)
    }

    @Test func rarePlacesAreOneTogether() throws {
        let run = SamplingNoise.independent([80] + Array(repeating: 2, count: 10))
        let g = try test(run, run)
        #expect(g.degreesOfFreedom == 1)
    }

    @Test func onePlaceOrNoTicksAreNoTest() {
        #expect(RaoScott(.independent([100]), .independent([100])) == nil)
        #expect(RaoScott(.independent([]), .independent([])) == nil)
        #expect(RaoScott(.independent([1, 0]), .independent([0, 1])) == nil)
        var odd = SamplingNoise.independent([50, 50])
        odd.shares[0] = .nan
        #expect(RaoScott(odd, .independent([50, 50])) == nil)
    }

    /// Two places that scatter and four that do not: χ² with five degrees of freedom, as of the first order, rejects too
    /// seldom the small and too often the large; the drawn null is right.
    @Test func thePlacesThatScatterSetTheTail() throws {
        let fast = NoiseTerm(places: [0, 1], amounts: [1, -1], weight: 0)
        let shares = [0.05, 0.05, 0.225, 0.225, 0.225, 0.225]
        let random = RandomSource(seed: 5)
        func run() -> SamplingNoise {
            let noise = SamplingNoise(shares: shares, whole: 1000, ticks: 1000, terms: [(fast, 50)])
            return SamplingNoise(
                shares: zip(shares, random.deviations(noise)).map { $0 + $1 }, whole: 1000, ticks: 1000,
                terms: noise.terms)
        }
        let trials = 400
        let found = try (0..<trials).count { trial in try test(run(), run()).p < 0.05 }
        #expect((8...35).contains(found))
    }
}
