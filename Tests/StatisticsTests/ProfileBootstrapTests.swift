import Statistics
import Testing

struct ProfileBootstrapTests {
    /// Each count is binomial by itself: the percentiles are the binomial's quantiles, but for chance.
    @Test func percentilesAreTheBinomials() throws {
        let counts = [5000, 3000, 1500, 400, 90, 9, 1, 0]
        let bounds = try #require(ProfileBootstrap.shares(counts: counts, seed: 5))
        #expect(bounds.count == counts.count)
        for (count, bounds) in zip(counts, bounds) where count > 0 {
            let chance = Double(count) / 10_000
            let low = Int((bounds.low * 10_000).rounded())
            let high = Int((bounds.high * 10_000).rounded())
            #expect(BinomialTest.isBelow(chance, low, of: 10_000) > 0.019)
            #expect(low == 0 || BinomialTest.isBelow(chance, low - 1, of: 10_000) < 0.031)
            #expect(BinomialTest.isAbove(chance, high, of: 10_000) > 0.019)
            #expect(BinomialTest.isAbove(chance, high + 1, of: 10_000) < 0.031)
        }
        #expect(bounds.last == Bounds(low: 0, high: 0))
    }

    @Test func allOnOneIsCertain() throws {
        #expect(ProfileBootstrap.shares(counts: [0, 7, 0], seed: 1)
            == [Bounds(low: 0, high: 0), Bounds(low: 1, high: 1), Bounds(low: 0, high: 0)])
    }

    /// Counts so large that their spread is sorted, not tallied.
    @Test func hugeCounts() throws {
        let bounds = try #require(ProfileBootstrap.shares(counts: [2_000_000_000, 2_000_000_000], replicates: 200, seed: 1))
        #expect(bounds.allSatisfy { 0.49995 < $0.low && $0.low < 0.5 && 0.5 < $0.high && $0.high < 0.50005 })
    }

    @Test func theSeedDecides() {
        let counts = [50, 30, 20]
        #expect(ProfileBootstrap.shares(counts: counts, replicates: 50, seed: 1)
            == ProfileBootstrap.shares(counts: counts, replicates: 50, seed: 1))
        #expect(ProfileBootstrap.shares(counts: counts, replicates: 50, seed: 1)
            != ProfileBootstrap.shares(counts: counts, replicates: 50, seed: 2))
    }

    @Test func nothingToDraw() {
        #expect(ProfileBootstrap.shares(counts: [], seed: 1) == nil)
        #expect(ProfileBootstrap.shares(counts: [0, 0], seed: 1) == nil)
        #expect(ProfileBootstrap.shares(counts: [1, -1], seed: 1) == nil)
        #expect(ProfileBootstrap.shares(counts: [Int.max], seed: 1) == nil)
        #expect(ProfileBootstrap.shares(counts: [1 << 31, 1 << 31], seed: 1) == nil)
        #expect(ProfileBootstrap.shares(counts: [1], replicates: 38, seed: 1) == nil)
        #expect(ProfileBootstrap.shares(counts: [1], replicates: 39, seed: 1) != nil)
        #expect(ProfileBootstrap.shares(counts: [1], replicates: -1, seed: 1) == nil)
    }
}
