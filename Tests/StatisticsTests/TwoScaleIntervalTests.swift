import Glibc
import Statistics
import Testing

@Suite struct TwoScaleIntervalTests {
    private let source = CombinedInterval.Source(variance: 0.04, degreesOfFreedom: 8)
    private let reach = 0.2 * Quantile.student(0.975, degreesOfFreedom: 8)

    private func isNear(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) <= 1e-12 * max(1, abs(b)) } ?? false }

    @Test func whatIsAddedAloneIsLinear() {
        let bounds = TwoScaleInterval(added: [source], multiplied: []).bounds(3)
        #expect(isNear(bounds?.low, 3 - reach) && isNear(bounds?.high, 3 + reach))
    }

    /// Whatever its error, a factor is above 0.
    @Test(arguments: [1.0, 100])
    func whatMultipliesAloneIsLogarithmic(times: Double) throws {
        let wide = CombinedInterval.Source(variance: 0.04 * times * times, degreesOfFreedom: 8)
        let bounds = try #require(TwoScaleInterval(added: [], multiplied: [wide]).bounds(3))
        #expect(isNear(bounds.low, 3 * exp(-reach * times)) && isNear(bounds.high, 3 * exp(reach * times)))
        #expect(bounds.low > 0)
    }

    @Test func bothAreWiderThanEither() throws {
        let both = try #require(TwoScaleInterval(added: [source], multiplied: [source]).bounds(3))
        let squares = log(3 / (3 - reach)) * log(3 / (3 - reach)) + reach * reach
        #expect(isNear(both.low, 3 * exp(-squares.squareRoot())))
        #expect(both.low < 3 * exp(-reach) && both.high > 3 * exp(reach))
    }

    @Test func whatIsAddedMayReachZero() {
        #expect(TwoScaleInterval(added: [source], multiplied: []).bounds(reach * 0.99) == nil)
        #expect(TwoScaleInterval(added: [source], multiplied: []).bounds(ofShare: reach * 0.99) == nil)
        #expect(TwoScaleInterval(added: [], multiplied: [source]).bounds(-1) == nil)
    }

    /// The shares of a part and of the rest have intervals that mirror each other.
    @Test func sharesStayBetweenZeroAndOne() throws {
        let wide = TwoScaleInterval(added: [], multiplied: [.init(variance: 4, degreesOfFreedom: 8)])
        let (part, rest) = (try #require(wide.bounds(ofShare: 0.9)), try #require(wide.bounds(ofShare: 0.1)))
        #expect(isNear(part.low, 1 - rest.high) && isNear(part.high, 1 - rest.low))
        #expect(part.low > 0 && part.high < 1)
        #expect(wide.bounds(ofShare: 1) == Bounds(low: 1, high: 1))
    }
}
