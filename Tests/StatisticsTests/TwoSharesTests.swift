import Testing

@testable import Statistics

@Suite struct TwoSharesTests {
    private func wilson(_ x: Double, _ n: Double) throws -> BoundedShare {
        BoundedShare(value: x / n, bounds: try #require(Wilson.interval(x, of: n)))
    }

    /// Newcombe 1998, table II, method 10: 56/70 − 48/80 is 0.0524 to 0.3339.
    @Test func newcombesOwnExample() throws {
        let difference = try #require(TwoShares.difference(wilson(48, 80), wilson(56, 70)))
        #expect(abs(difference.value - 0.2) < 1e-12)
        #expect(abs(difference.bounds.low - 0.0524) < 5e-5 && abs(difference.bounds.high - 0.3339) < 5e-5)
    }

    /// The same, 9/10 − 3/10: 0.1705 to 0.8090.
    @Test func newcombesSmallExample() throws {
        let difference = try #require(TwoShares.difference(wilson(3, 10), wilson(9, 10)))
        #expect(abs(difference.bounds.low - 0.1705) < 5e-5 && abs(difference.bounds.high - 0.8090) < 5e-5)
    }

    @Test func theIntervalLeavesZeroOutWherePIsSmall() throws {
        for x in stride(from: 0.0, through: 60, by: 1) {
            let difference = try #require(TwoShares.difference(wilson(20, 60), wilson(x, 60)))
            let leavesOut = difference.bounds.low > 0 || difference.bounds.high < 0
            #expect(leavesOut == (difference.p < 0.05), "\(x)")
        }
    }

    @Test func theOtherWayRoundOnlyTheSignChanges() throws {
        let (one, other) = (try wilson(5, 50), try wilson(20, 70))
        let there = try #require(TwoShares.difference(one, other))
        let back = try #require(TwoShares.difference(other, one))
        #expect(there.value == -back.value && abs(there.p - back.p) < 1e-12)
        #expect(abs(there.bounds.low + back.bounds.high) < 1e-12)
    }

    @Test func equalSharesDoNotDiffer() throws {
        #expect(try TwoShares.difference(wilson(5, 50), wilson(10, 100))?.p == 1)
    }

    @Test func whatMakesNoSenseHasNoDifference() throws {
        let sound = try wilson(5, 50)
        for value in [Double.nan, .infinity, -1, 2] {
            #expect(TwoShares.difference(sound, BoundedShare(value: value, bounds: sound.bounds)) == nil)
        }
    }
}
