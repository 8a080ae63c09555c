import Testing

@testable import Statistics

@Suite struct TotalVariationTests {
    @Test func byHand() {
        #expect(TotalVariation.between([0.5, 0.5], [1, 0]) == 0.5)
        #expect(TotalVariation.between([1, 0], [0, 1]) == 1)
        #expect(TotalVariation.between([], []) == 0)
    }

    @Test(arguments: 1...200) func isADistance(seed: UInt64) {
        let (a, b, c) = (shares(seed), shares(seed &* 7 &+ 1), shares(seed &* 13 &+ 5))
        let ab = TotalVariation.between(a, b)
        #expect(ab >= 0 && ab <= 1)
        #expect(ab == TotalVariation.between(b, a))
        #expect(TotalVariation.between(a, a) == 0)
        #expect(ab <= TotalVariation.between(a, c) + TotalVariation.between(c, b) + 1e-12)
    }

    private func shares(_ seed: UInt64) -> [Double] {
        var state = seed
        let raw = (0..<8).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40)
        }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }
}
