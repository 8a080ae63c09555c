import Testing

@testable import Statistics

@Suite struct KendallTauTests {
    /// By the definition, pair by pair.
    private func byPairs(_ x: [Double], _ y: [Double]) -> Double {
        var (sum, freeX, freeY) = (0.0, 0.0, 0.0)
        for i in x.indices {
            for j in x.indices where j < i {
                let (a, b) = (x[i] - x[j], y[i] - y[j])
                sum += (a * b).signum
                freeX += abs(a.signum)
                freeY += abs(b.signum)
            }
        }
        return sum / (freeX * freeY).squareRoot()
    }

    @Test(arguments: 2...60) func agreesWithTheDefinition(count: Int) throws {
        var state = UInt64(count)
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33 % 7)
        }
        let (x, y) = ([0] + (1..<count).map { _ in next() }, (1..<count).map { _ in next() } + [99])
        let tau = try #require(KendallTau.b(x, y))
        #expect(abs(tau - byPairs(x, y)) < 1e-12)
    }

    @Test func orderAndOppositeOrder() {
        #expect(KendallTau.b([1, 2, 3], [10, 20, 30]) == 1)
        #expect(KendallTau.b([1, 2, 3], [3, 2, 1]) == -1)
    }

    @Test func whatIsAllTiesHasNoOrder() {
        #expect(KendallTau.b([1, 1], [1, 2]) == nil)
        #expect(KendallTau.b([], []) == nil && KendallTau.b([1], [1]) == nil)
        #expect(KendallTau.b([1, .nan], [1, 2]) == nil)
    }
}

extension Double {
    fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
