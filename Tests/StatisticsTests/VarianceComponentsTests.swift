import Statistics
import Testing

struct VarianceComponentsTests {
    /// s² of 0.1, 0.2, 0.3 is 0.01.
    @Test func whatSamplingDoesNotExplainIsBetweenRuns() throws {
        let parts = try #require(VarianceComponents(shares: [0.1, 0.2, 0.3], variancesWithin: [0.001, 0.002, 0.003]))
        #expect(abs(parts.mean - 0.2) < 1e-15)
        #expect(abs(parts.withinRuns - 0.002) < 1e-15)
        #expect(abs(parts.betweenRuns - 0.008) < 1e-15)
        #expect(!parts.isClipped)
    }

    @Test func belowZeroIsClippedAndSaid() throws {
        let parts = try #require(VarianceComponents(shares: [0.2, 0.2, 0.2], variancesWithin: [0.1, 0.1, 0.1]))
        #expect(parts.betweenRuns == 0)
        #expect(parts.isClipped)
    }

    @Test func tooFewOrNotNumbers() {
        #expect(VarianceComponents(shares: [], variancesWithin: []) == nil)
        #expect(VarianceComponents(shares: [0.1, 0.2], variancesWithin: [0, 0]) == nil)
        #expect(VarianceComponents(shares: [0.1, 0.2, .nan], variancesWithin: [0, 0, 0]) == nil)
        #expect(VarianceComponents(shares: [0.1, 0.2, 0.3], variancesWithin: [0, 0, -1]) == nil)
        #expect(VarianceComponents(shares: [0.1, 0.2, 0.3], variancesWithin: [0, 0, .infinity]) == nil)
    }
}
