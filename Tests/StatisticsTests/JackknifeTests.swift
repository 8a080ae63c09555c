import Testing

@testable import Statistics

/// Reference figures: SciPy 1.17 (`stats.t`, `stats.sem`, `stats.ttest_rel`), and the jackknife
/// formulas worked out by hand with NumPy.
@Suite struct JackknifeTests {
    private func close(_ a: Double?, _ b: Double) -> Bool { abs((a ?? .nan) - b) < 1e-9 }

    @Test func meanIsTheClassicalInterval() throws {
        let mean = try #require(Jackknife.mean([1.9, 2.0, 2.1, 2.2, 1.8]))
        #expect(close(mean.value, 2))
        #expect(close(mean.bounds?.low, 1.8036756838522443))
        #expect(close(mean.bounds?.high, 2.1963243161477557))
    }

    /// Of one ratio it is that ratio; of two, the root of the product of both.
    @Test func geometricMeanOfRatios() throws {
        let (a, b, c) = ([2.1, 2.0, 2.3, 1.9], [1.0, 1.1, 1.0, 0.9], [4.0, 4.4, 4.1, 3.9])
        let one = try #require(Jackknife.ratio(a, to: b))
        #expect(Jackknife.geometricMean(ofRatios: [(a, b)]) == one)
        let two = try #require(Jackknife.geometricMean(ofRatios: [(a, b), (c, b)]))
        let other = try #require(Jackknife.ratio(c, to: b))
        #expect(close(two.value, (one.value * other.value).squareRoot()))
        let same = try #require(Jackknife.geometricMean(ofRatios: [(a, b), (a, b)]))
        #expect(close(same.bounds?.low, try #require(one.bounds).low))
        #expect(Jackknife.geometricMean(ofRatios: []) == nil)
        #expect(Jackknife.geometricMean(ofRatios: [(a, [0, 0, 0, 0])]) == nil)
    }

    @Test func ratioOnTheLogScale() throws {
        let ratio = try #require(Jackknife.ratio([2.1, 2.0, 2.3, 1.9], to: [1.0, 1.1, 1.0, 0.9]))
        #expect(close(ratio.value, 2.075))
        #expect(close(ratio.bounds?.low, 1.7627328554290898))
        #expect(close(ratio.bounds?.high, 2.442585095489078))
    }

    @Test func shareOnTheLogitScale() throws {
        let share = try #require(Jackknife.share([1, 2, 3], of: [10, 10, 10]))
        #expect(close(share.value, 0.2))
        #expect(close(share.bounds?.low, 0.04886619756509745))
        #expect(close(share.bounds?.high, 0.5488388138211971))
    }

    /// Left out, the third round leaves a share of 0 (or 1), so the plain scale is used, and cut off.
    @Test func shareAtTheEdgeIsPlainAndClipped() throws {
        let low = try #require(Jackknife.share([0, 0, 3], of: [10, 10, 10]))
        #expect(low.bounds?.low == 0)
        #expect(close(low.bounds?.high, 0.5302652729749461))
        let high = try #require(Jackknife.share([10, 10, 7], of: [10, 10, 10]))
        #expect(close(high.bounds?.low, 0.4697347270250538))
        #expect(high.bounds?.high == 1)
    }

    /// 0.1 + 0.2 is not 0.3 in binary: an exact 1 must still be seen as one, and then has no interval.
    @Test func shareOfAllIsOne() throws {
        let all = [0.1, 0.2, 0.3, 0.7]
        #expect(Jackknife.share(all, of: all) == RoundsEstimate(value: 1, bounds: nil))
        #expect(Jackknife.share([0, 0, 0], of: [1, 2, 3]) == RoundsEstimate(value: 0, bounds: nil))
    }

    @Test func differenceOfEqualWholesIsThePairedTTest() throws {
        let ones = Array(repeating: 1.0, count: 5)
        let difference = try #require(
            Jackknife.difference(([0.30, 0.32, 0.31, 0.29, 0.33], ones), ([0.35, 0.36, 0.38, 0.33, 0.37], ones)))
        #expect(close(difference.value, 0.048))
        #expect(close(difference.bounds.low, 0.03181068215291297))
        #expect(close(difference.bounds.high, 0.06418931784708704))
        #expect(close(difference.p, 0.0011873593006288545))
    }

    @Test func differenceWithoutVariation() throws {
        let ones = [1.0, 1, 1]
        #expect(Jackknife.difference((ones, ones), ([0, 0, 0], ones))?.p == 0)
        #expect(Jackknife.difference((ones, ones), (ones, ones))?.p == 1)
    }

    @Test func underThreeRoundsThereIsNoInterval() throws {
        #expect(try #require(Jackknife.mean([1, 2])).bounds == nil)
        #expect(try #require(Jackknife.share([1, 2], of: [3, 3])).bounds == nil)
        #expect(try #require(Jackknife.ratio([1, 2], to: [3, 3])).bounds == nil)
        #expect(Jackknife.difference(([1, 1], [2, 2]), ([1, 1], [2, 2])) == nil)
    }

    @Test func withoutTimeThereIsNothing() {
        #expect(Jackknife.mean([]) == nil)
        #expect(Jackknife.ratio([1, 1, 1], to: [0, 0, 0]) == nil)
        #expect(Jackknife.ratio([0, 0, 0], to: [1, 1, 1]) == nil)
        #expect(Jackknife.share([0, 0, 0], of: [0, 0, 0]) == nil)
        #expect(Jackknife.share([0, 0, 1], of: [0, 0, 2])?.bounds == nil)
    }

    /// Over many experiments, the interval of a share holds the true one about 95 times in 100.
    @Test func shareIntervalCovers() throws {
        let random = RandomSource(seed: 11)
        func binomial(_ n: Int) -> Double { (0..<n).reduce(0.0) { sum, _ in sum + (random.coin() ? 1 : 0) } }
        let experiments = 2000
        let held = try (0..<experiments).filter { _ in
            let parts = (0..<8).map { _ in binomial(60) }
            let bounds = try #require(Jackknife.share(parts, of: parts.map { _ in 60 })?.bounds)
            return bounds.low <= 0.5 && 0.5 <= bounds.high
        }.count
        #expect(abs(Double(held) / Double(experiments) - 0.95) < 0.02)
    }
}
