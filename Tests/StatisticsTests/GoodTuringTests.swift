import Testing

@testable import Statistics

struct GoodTuringTests {
    /// √(0.95/0.05/1000) = 0.13784.
    @Test func estimateAndBound() throws {
        let unseen = try #require(GoodTuring.unseen(seenOnce: 30, ticks: 1000))
        #expect(abs(unseen.estimate - 0.03) < 1e-15)
        #expect(abs(unseen.high - 0.16784048752090222) < 1e-12)
        #expect(GoodTuring.unseen(seenOnce: 5, ticks: 5) == UnseenShare(estimate: 1, high: 1))
    }

    /// 200 places of 1/200 each: the mean of the estimates is that of the share unseen, and the bound holds.
    @Test func rightOnAverage() throws {
        var random = SplitMix(state: 3)
        var (bias, held) = (0.0, 0)
        for _ in 0..<1000 {
            var seen = Array(repeating: 0, count: 200)
            for _ in 0..<200 { seen[Int.random(in: 0..<200, using: &random)] += 1 }
            let unseen = try #require(GoodTuring.unseen(seenOnce: seen.count { $0 == 1 }, ticks: 200))
            let truth = Double(seen.count { $0 == 0 }) / 200
            bias += (unseen.estimate - truth) / 1000
            held += truth <= unseen.high ? 1 : 0
        }
        #expect(abs(bias) < 0.01)
        #expect(held >= 950)
    }

    @Test func impossible() {
        for (once, ticks) in [(0, 0), (-1, 5), (6, 5), (0, -1)] {
            #expect(GoodTuring.unseen(seenOnce: once, ticks: ticks) == nil)
        }
    }
}
