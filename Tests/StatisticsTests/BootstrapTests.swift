import Statistics
import Testing

struct BootstrapTests {
    private let parts = (0..<30).map { 1 + 0.1 * Double($0 * 7 % 11) }
    private let wholes = (0..<30).map { 4 + 0.1 * Double($0 * 5 % 13) }

    @Test func standsBesideTheJackknife() throws {
        let bootstrap = try #require(Bootstrap.share(parts, of: wholes, seed: 1))
        let jackknife = try #require(Jackknife.share(parts, of: wholes))
        #expect(bootstrap.value == jackknife.value)
        let (ours, theirs) = (try #require(bootstrap.bounds), try #require(jackknife.bounds))
        let ratio = (ours.high - ours.low) / (theirs.high - theirs.low)
        #expect(0.85 < ratio && ratio < 1.05)
        #expect(ours.low < bootstrap.value && bootstrap.value < ours.high)
    }

    @Test func theSeedDecides() {
        #expect(Bootstrap.ratio(parts, to: wholes, seed: 1) == Bootstrap.ratio(parts, to: wholes, seed: 1))
        #expect(Bootstrap.ratio(parts, to: wholes, seed: 1) != Bootstrap.ratio(parts, to: wholes, seed: 2))
    }

    /// A skewed series: BCa's upper end lies further off than its lower end, and beyond the t interval's.
    @Test func leansWhereTheSeriesIsSkewed() throws {
        let skewed = (0..<30).map { $0 % 10 == 0 ? 5.0 : 1 }
        let ones = skewed.map { _ in 1.0 }
        let estimate = try #require(Bootstrap.ratio(skewed, to: ones, seed: 3))
        let bounds = try #require(estimate.bounds)
        #expect(bounds.high - estimate.value > 1.2 * (estimate.value - bounds.low))
        #expect(bounds.high > (try #require(Jackknife.mean(skewed)?.bounds)).high)
    }

    @Test func moreConfidenceIsWider() throws {
        let usual = try #require(Bootstrap.ratio(parts, to: wholes, seed: 1)?.bounds)
        let surer = try #require(Bootstrap.ratio(parts, to: wholes, seed: 1, confidence: 0.99)?.bounds)
        #expect(surer.low < usual.low && usual.high < surer.high)
    }

    @Test func fewRoundsAndEmptyOnes() throws {
        let few = Array(parts.prefix(19))
        #expect(try #require(Bootstrap.share(few, of: Array(wholes.prefix(19)), seed: 1)).bounds == nil)
        #expect(try #require(Bootstrap.share(parts, of: wholes, replicates: 0, seed: 1)).bounds == nil)
        let zeros = parts.map { _ in 0.0 }
        #expect(Bootstrap.share(zeros, of: zeros, seed: 1) == nil)
        #expect(try #require(Bootstrap.share(zeros, of: wholes, seed: 1)).bounds == nil)
        #expect(Bootstrap.ratio(zeros, to: wholes, seed: 1) == nil)
        #expect(Bootstrap.ratio([], to: [], seed: 1) == nil)
        #expect(Bootstrap.ratio([.nan] + parts.dropFirst(), to: wholes, seed: 1) == nil)
        let ones = parts.map { _ in 1.0 }
        #expect(Bootstrap.ratio(ones, to: ones, seed: 1)?.bounds == Bounds(low: 1, high: 1))
    }
}
