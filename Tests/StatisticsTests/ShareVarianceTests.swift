import Testing

@testable import Statistics

struct ShareVarianceTests {
    @Test func linearisedIsBinomialForWholeTicks() throws {
        let (sums, totals) = sumsOf(y: [1, 0, 0, 1, 1, 0, 0, 0, 0, 0])
        let variance = try #require(ShareVariance.linearised(sums, totals))
        #expect(abs(variance - 0.3 * 0.7 / 10) < 1e-15)
    }

    /// p = 6/10; e = y − 0.6 w = (0.8, −0.6, −1.2, 1); Σe² = 3.44; variance 3.44/100.
    @Test func linearisedWithWeights() throws {
        let (sums, totals) = sumsOf(y: [2, 0, 0, 4], w: [2, 1, 2, 5])
        let variance = try #require(ShareVariance.linearised(sums, totals))
        #expect(abs(variance - 0.0344) < 1e-15)
    }

    /// Σ Δe² = 1.4² + 0.6² + 2.2² = 7.16; four ticks, three pairs: 4/3 · 7.16/2/100.
    @Test func collapsedStrataWithWeights() throws {
        let (sums, totals) = sumsOf(y: [2, 0, 0, 4], w: [2, 1, 2, 5])
        let variance = try #require(ShareVariance.collapsedStrata(sums, totals))
        #expect(abs(variance - 4.0 / 3 * 7.16 / 2 / 100) < 1e-15)
    }

    @Test func collapsedStrataSeesHowSeldomThePhaseChanges() throws {
        let slow = sumsOf(y: Array(repeating: 1, count: 50) + Array(repeating: 0, count: 50))
        let fast = sumsOf(y: (0..<100).map { Double($0 % 2) })
        #expect(try #require(ShareVariance.collapsedStrata(slow.0, slow.1)) < 0.0001)
        #expect(try #require(ShareVariance.collapsedStrata(fast.0, fast.1)) > 0.004)
    }

    /// One change amid constant ticks: 1/2 by pairs, 1/(2 + √2) by differences of order three; each but for N/M.
    @Test func aLoneChangeCostsLess() throws {
        let (sums, totals) = sumsOf(y: (0..<100).map { $0 < 50 ? 1 : 0 })
        let pairs = try #require(ShareVariance.collapsedStrata(sums, totals))
        let windows = try #require(ShareVariance.thirdDifferences(sums, totals))
        #expect(abs(pairs - 100.0 / 99 / 2 / 10_000) < 1e-15)
        #expect(abs(windows - 100.0 / 97 / (2 + 2.0.squareRoot()) / 10_000) < 1e-15)
        #expect((windows / pairs).squareRoot() < 0.78)
    }

    /// e = (0.8, −0.6, −1.2, 1), one window: D e = c₀·1.4 + c₁·0.6 + c₂·(−2.2), squared, times 4/1, over 100.
    @Test func thirdDifferencesWithWeights() throws {
        let (sums, totals) = sumsOf(y: [2, 0, 0, 4], w: [2, 1, 2, 5])
        let variance = try #require(ShareVariance.thirdDifferences(sums, totals))
        let root2 = 2.0.squareRoot()
        let d: Double = (1.4 - 0.6 * root2 - 2.2) / (4 * (2 + root2)).squareRoot()
        #expect(abs(variance - 4 * d * d / 100) < 1e-15)
    }

    /// Σ d = 0, Σ d² = 1, and the charge of a lone change is the least there can be.
    @Test func theSequenceIsNormalised() {
        let c: [Double] = DifferenceSequence.ofPairs
        let d: [Double] = [c[0], c[1] - c[0], c[2] - c[1], -c[2]]
        let least: Double = 1 / (2 + 2.0.squareRoot())
        #expect(abs(d.reduce(0, +)) < 1e-15)
        #expect(abs(squares(d) - 1) < 1e-15)
        #expect(abs(squares(c) - least) < 1e-15)
        let rho: [Double] = (1...3).map { lag in (0..<4 - lag).reduce(0.0) { $0 + d[$1] * d[$1 + lag] } }
        let freedom: Double = 1 + 2 * squares(rho)
        #expect(abs(freedom - DifferenceSequence.windowsPerFreedom) < 1e-14)
    }

    private func squares(_ values: [Double]) -> Double { values.reduce(0.0) { $0 + $1 * $1 } }

    private static let chances: [[Double]] = [
        Array(repeating: 0.3, count: 12), [0, 0, 0, 0, 0, 0.5, 1, 1, 1, 1, 1, 1],
        [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
        [0.9, 0.2, 0.9, 0.2, 0.9, 0.2, 0.9, 0.2, 0.9, 0.2, 0.9, 0.2],
    ]

    /// All 2¹² sequences of ticks with chance pₖ, weighted by their probabilities: in expectation, N/M
    /// aside, the estimate is the variance where pₖ is constant, and never less than that of the inner ticks.
    @Test(arguments: chances)
    func neverTooSmallInExpectation(chances: [Double]) {
        var expected = 0.0
        for pattern in 0..<(1 << 12) {
            let y: [Double] = (0..<12).map { Double(pattern >> $0 & 1) }
            var chance = 1.0
            for k in y.indices { chance *= y[k] == 1 ? chances[k] : 1 - chances[k] }
            expected += chance * sumsOf(y: y).0.d3yd3y
        }
        let inner = chances[3..<9].reduce(0.0) { $0 + $1 * (1 - $1) }
        if Set(chances).count == 1 {
            #expect(abs(expected - 9 * 0.21) < 1e-12)
        } else {
            #expect(expected >= inner)
        }
    }

    @Test func nothingSeen() {
        #expect(ShareVariance.linearised(TickSums(), TickTotals()) == nil)
        #expect(ShareVariance.collapsedStrata(TickSums(), TickTotals()) == nil)
        #expect(ShareVariance.thirdDifferences(TickSums(), TickTotals()) == nil)
    }
}

/// The sums of a series of ticks, added up the plain way; every tick has a neighbour.
func sumsOf(y: [Double], w: [Double]? = nil) -> (TickSums, TickTotals) {
    let w = w ?? y.map { _ in 1 }
    var sums = TickSums()
    var totals = TickTotals()
    for (y, w) in zip(y, w) {
        sums.y += y
        sums.yy += y * y
        sums.yw += y * w
        sums.on += y > 0 ? 1 : 0
        sums.full += y == w ? 1 : 0
        totals.ticks += 1
        totals.w += w
        totals.ww += w * w
    }
    for k in y.indices.dropLast() {
        let (dy, dw) = (y[k] - y[k + 1], w[k] - w[k + 1])
        sums.dydy += dy * dy
        sums.dydw += dy * dw
        totals.pairs += 1
        totals.dwdw += dw * dw
    }
    for k in y.indices.dropLast(3) {
        let (dy, dw) = (combined(y[k..<k + 4]), combined(w[k..<k + 4]))
        sums.d3yd3y += dy * dy
        sums.d3yd3w += dy * dw
        totals.windows += 1
        totals.d3wd3w += dw * dw
    }
    return (sums, totals)
}

private func combined(_ window: ArraySlice<Double>) -> Double {
    let differences = zip(window, window.dropFirst()).map { $0 - $1 }
    return zip(DifferenceSequence.ofPairs, differences).reduce(0.0) { $0 + $1.0 * $1.1 }
}
