import Statistics
import Testing

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

    @Test func nothingSeen() {
        #expect(ShareVariance.linearised(TickSums(), TickTotals()) == nil)
        #expect(ShareVariance.collapsedStrata(TickSums(), TickTotals()) == nil)
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
    return (sums, totals)
}
