import Testing

@testable import Statistics

@Suite struct RaoScottTests {
    private func ticks(_ n: Double, _ shares: [Double], effect: Double = 1) -> ClassifiedTicks {
        ClassifiedTicks(ticks: n, shares: shares, designEffects: shares.map { _ in effect })
    }

    /// 30 and 70 of 100 against 50 and 50: G = 2·(30 ln(30/40) + 70 ln(70/60) + 50 ln(50/40) + 50 ln(50/60)).
    @Test func independentTicksGiveThePlainG() throws {
        let g = try #require(RaoScott.test(ticks(100, [0.3, 0.7]), ticks(100, [0.5, 0.5])))
        #expect(abs(g.statistic - 8.402370280734836) < 1e-9)
        #expect(g.degreesOfFreedom == 1 && abs(g.designEffect - 1) < 1e-12)
        #expect(abs(g.p - 0.003747320815) < 1e-9)
    }

    @Test func theDesignEffectDividesIt() throws {
        let plain = try #require(RaoScott.test(ticks(100, [0.3, 0.7]), ticks(300, [0.5, 0.5])))
        let better = try #require(RaoScott.test(ticks(100, [0.3, 0.7], effect: 0.25), ticks(300, [0.5, 0.5], effect: 0.25)))
        #expect(abs(better.statistic - 4 * plain.statistic) < 1e-9 && abs(better.designEffect - 0.25) < 1e-12)
    }

    /// Its own variance is the greater part of what a small run differs by.
    @Test func theSmallerRunsEffectWeighsMore() throws {
        let g = try #require(RaoScott.test(ticks(100, [0.3, 0.7], effect: 2), ticks(300, [0.5, 0.5], effect: 1)))
        #expect(abs(g.designEffect - 1.75) < 1e-12)
    }

    @Test func rarePlacesAreOneTogether() throws {
        let rare = (0..<20).map { _ in 0.01 }
        let g = try #require(RaoScott.test(ticks(100, [0.8] + rare), ticks(100, [0.8] + rare)))
        #expect(g.degreesOfFreedom == 1 && g.statistic < 1e-12 && g.p == 1)
    }

    @Test func onePlaceOrNothingCannotDiffer() {
        #expect(RaoScott.test(ticks(100, [1]), ticks(100, [1])) == nil)
        #expect(RaoScott.test(ticks(0, []), ticks(100, [1])) == nil)
        #expect(RaoScott.test(ticks(1, [1, 0]), ticks(1, [0, 1])) == nil)
        #expect(RaoScott.test(ticks(100, [.nan, 1]), ticks(100, [1, 0])) == nil)
    }
}
