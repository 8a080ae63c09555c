import Testing

@testable import Statistics

@Suite struct TimelineNullTests {
    /// Two places, 1,000 and 1,000 ticks, p = ½: the mean of |normal of variance 1/2000| is 0.01784.
    @Test func independentTicksScatterAsTheMultinomial() throws {
        let run = SamplingNoise.independent([500, 500])
        let null = try #require(TimelineNull(run, run, seed: 1))
        #expect(abs(null.totalVariation.mean - 0.01784) < 0.0015)
        #expect(null.totalVariation.p == 1 && null.g?.p == 1)
    }

    /// Time of no place scatters too: with p = ½ in the one place, the distance is half of the above.
    @Test func timeOfNoPlaceScattersToo() throws {
        let run = SamplingNoise.independent([500], elsewhere: 500)
        let null = try #require(TimelineNull(run, run, seed: 1))
        #expect(abs(null.totalVariation.mean - 0.00892) < 0.001)
    }

    /// Neighbours that are all alike could not have fallen another way, whatever their number.
    @Test func aTimelineWithoutChangesDoesNotScatter() throws {
        let a = SamplingNoise(shares: [0.5, 0.5], whole: 100, ticks: 100, terms: [])
        let null = try #require(TimelineNull(a, a, seed: 1))
        #expect(null.totalVariation == NullDistribution(mean: 0, p: 1) && null.g == nil)
    }

    /// One change that moves a tick in half of the draws, and so it is in the other run: by one, either way or not at all.
    @Test func oneChangeMovesOneTick() throws {
        let change = NoiseTerm(places: [0, 1], amounts: [1, -1], weight: 0)
        let a = SamplingNoise(shares: [0.5, 0.5], whole: 100, ticks: 100, terms: [(change, 0.5)])
        let b = SamplingNoise(shares: [0.51, 0.49], whole: 100, ticks: 100, terms: [(change, 0.5)])
        let null = try #require(TimelineNull(a, b, seed: 1))
        #expect(abs(null.totalVariation.p - 0.625) < 0.06)
    }

    @Test func aFarDistanceHasTheLeastP() throws {
        let null = try #require(TimelineNull(.independent([900, 100]), .independent([100, 900]), seed: 1))
        #expect(null.totalVariation.p == 1 / Double(TimelineNull.draws + 1))
        #expect(null.g?.p == 1 / Double(TimelineNull.draws + 1))
    }

    @Test func nothingHasNoNull() {
        #expect(TimelineNull(.independent([]), .independent([]), seed: 1) == nil)
    }
}
