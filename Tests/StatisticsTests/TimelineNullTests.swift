import Testing

@testable import Statistics

@Suite struct TimelineNullTests {
    /// So many independent ticks of weight 1 on each place; the last ones on no place.
    private func independent(_ counts: [UInt32], elsewhere: UInt32 = 0) -> SamplingNoise {
        let ticks = Double(counts.reduce(elsewhere, +))
        var terms = counts.enumerated().map { place, count in
            (term: NoiseTerm(places: [Int32(place)], amounts: [1], weight: 1), count: count)
        }
        terms.append((NoiseTerm(places: [], amounts: [], weight: 1), elsewhere))
        return SamplingNoise(shares: counts.map { Double($0) / ticks }, whole: ticks, pairings: [terms])
    }

    /// Two places, 1,000 and 1,000 ticks, p = ½: the mean of |normal of variance 1/2000| is 0.01784.
    @Test func independentTicksScatterAsTheMultinomial() throws {
        let run = independent([500, 500])
        let null = try #require(TimelineNull.totalVariation(run, run, seed: 1))
        #expect(abs(null.mean - 0.01784) < 0.0015)
        #expect(null.p == 1)
    }

    /// Time of no place scatters too: with p = ½ in the one place, the distance is half of the above.
    @Test func timeOfNoPlaceScattersToo() throws {
        let run = independent([500], elsewhere: 500)
        let null = try #require(TimelineNull.totalVariation(run, run, seed: 1))
        #expect(abs(null.mean - 0.00892) < 0.001)
    }

    /// Neighbours that are all alike could not have fallen another way, whatever their number.
    @Test func aTimelineWithoutChangesDoesNotScatter() throws {
        let a = SamplingNoise(shares: [0.5, 0.5], whole: 100, pairings: [[], []])
        let null = try #require(TimelineNull.totalVariation(a, a, seed: 1))
        #expect(null.mean == 0 && null.p == 1)
    }

    /// One change, seen in one of the two pairings: ±1/100 in half of the draws, and so it is in the other run.
    @Test func oneChangeMovesOneTick() throws {
        let change = NoiseTerm(places: [0, 1], amounts: [1, -1], weight: 0)
        let a = SamplingNoise(shares: [0.5, 0.5], whole: 100, pairings: [[], [(change, 1)]])
        let b = SamplingNoise(shares: [0.51, 0.49], whole: 100, pairings: [[], [(change, 1)]])
        let null = try #require(TimelineNull.totalVariation(a, b, seed: 1))
        #expect(abs(null.p - 0.625) < 0.06)
    }

    @Test func aFarDistanceHasTheLeastP() throws {
        let null = try #require(TimelineNull.totalVariation(independent([900, 100]), independent([100, 900]), seed: 1))
        #expect(null.p == 1 / Double(TimelineNull.draws + 1))
    }

    @Test func nothingHasNoNull() {
        let nothing = SamplingNoise(shares: [], whole: 0, pairings: [[]])
        #expect(TimelineNull.totalVariation(nothing, nothing, seed: 1) == nil)
    }
}
