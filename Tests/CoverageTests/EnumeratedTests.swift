import Foundation
import Statistics
import Testing

@testable import swprof_coverage

@Suite struct EnumeratedTests {
    /// Against a sum over all counts, with binomial coefficients by multiplication.
    @Test(arguments: [0.03, 0.2, 0.5, 0.97])
    func coverageIsTheSumOverTheBinomial(p: Double) {
        let n = 12
        var coverage = 0.0
        var choose = 1.0
        for x in 0...n {
            let seen = BinomialTicks(on: x, of: n)
            if let bounds = ShareInterval.poisson(seen.sums, seen.totals), bounds.low <= p, p <= bounds.high {
                coverage += choose * pow(p, Double(x)) * pow(1 - p, Double(n - x))
            }
            choose *= Double(n - x) / Double(x + 1)
        }
        #expect(abs(EnumeratedCoverage(ticks: n).coverage(at: p) - coverage) < 1e-12)
    }

    /// A fine grid finds nothing that is worse than what the ends of the intervals give.
    @Test func theExtremesAreAtTheEndsOfIntervals() throws {
        let coverage = EnumeratedCoverage(ticks: 60)
        let extremes = try #require(coverage.extremes(expected: 10..<Double.infinity))
        let shares: [Double] = (0..<6_000).map { 1.0 / 6 + Double($0) / 9_000 }
        let grid = shares.map { coverage.coverage(at: $0) }
        #expect(try #require(grid.min()) >= extremes.lowest - 1e-7)
        #expect(try #require(grid.max()) <= extremes.highest + 1e-7)
        #expect(extremes.lowest < extremes.highest)
    }

    @Test func rowsAreStoredOnceAndReadBack() async throws {
        let experiment = try experiment()
        try await Enumerated().measure(in: experiment)
        let rows = try Enumerated().rows(from: experiment.store)
        try await Enumerated().measure(in: experiment)
        #expect(try Enumerated().rows(from: experiment.store) == rows)
        #expect(rows.count == 2)
    }

    /// Of many functions at once, intervals that each cover 95 % would all cover seldom.
    @Test func allAtOnceCoverMoreOftenThanChance() {
        let shares = Array(repeating: 1.0 / 20, count: 20)
        let trials = MultinomialDraws(shares: shares, ticks: 4000, seed: 3).covered(of: 400)
        #expect(trials.successes > 360 && trials.successes < 400)
        #expect(MultinomialDraws(shares: shares, ticks: 4000, seed: 3).covered(of: 400) == trials)
    }
}
