import Testing

@testable import Statistics

@Suite struct RankStabilityTests {
    @Test func whatLeadsInEveryRoundIsSure() throws {
        let times = TimesOverRounds(
            parts: (0..<5).map { [1, 3 + Double($0), 2] }, wholes: Array(repeating: 10, count: 5))
        let found = try #require(RankStability.hottest(times, seed: 1))
        #expect(found.place == 1 && found.probability == 1)
    }

    /// The one leads by 3 in one round of two, the other by 1 in the other: the lead is the first's unless only
    /// the second round is drawn, twice: ¾.
    @Test func whatLeadsInHalfOfTheRoundsIsNot() throws {
        let times = TimesOverRounds(parts: [[4, 1], [1, 2]], wholes: [5, 5])
        let found = try #require(RankStability.hottest(times, seed: 1))
        #expect(found.place == 0 && abs(found.probability - 0.75) < 0.05)
    }

    /// 52 against 48 of 100 independent ticks: the lead of 4 has a deviation of 10, so P(Z > −0.4), about 0.64.
    @Test func oneRunsTicksCouldHaveFallenOtherwise() throws {
        let terms = [52, 48].enumerated().map {
            (term: NoiseTerm(places: [Int32($0.offset)], amounts: [1], weight: 1), variance: Double($0.element))
        }
        let noise = SamplingNoise(shares: [0.52, 0.48], whole: 100, ticks: 100, terms: terms)
        let found = try #require(RankStability.hottest(noise, seed: 1))
        #expect(found.place == 0 && abs(found.probability - 0.64) < 0.06)
    }

    @Test func overlapCountsWhatIsThere() throws {
        let few = try #require(RankStability.overlap([3, 2, 1, 0], [3, 2, 0, 1], ofHottest: 2))
        #expect(few.count == 2 && few.part == 1)
        let all = try #require(RankStability.overlap([3, 2, 1, 0], [3, 2, 0, 1], ofHottest: 10))
        #expect(all.count == 3 && all.part == 2.0 / 3)
        #expect(RankStability.overlap([0, 0], [0, 0], ofHottest: 3) == nil)
    }

    @Test func nothingLeadsWhereNothingIs() {
        #expect(RankStability.hottest(TimesOverRounds(parts: [], wholes: []), seed: 1) == nil)
        #expect(RankStability.hottest(TimesOverRounds(parts: [[0], [0]], wholes: [0, 0]), seed: 1) == nil)
        #expect(RankStability.hottest(SamplingNoise(shares: [], whole: 0, ticks: 0, terms: []), seed: 1) == nil)
    }
}
