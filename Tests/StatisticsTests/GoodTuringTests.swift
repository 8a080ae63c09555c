import Glibc
import Testing

@testable import Statistics

struct GoodTuringTests {
    /// 30 places seen once, 15 twice: about 30 + √(2·60·ln 20) = 49 of 1,000 looks; the value is NumPy's.
    @Test func estimateAndBound() throws {
        let times = Array(repeating: 1, count: 30) + Array(repeating: 2, count: 15) + [940]
        let unseen = try #require(GoodTuring.unseen(timesSeen: times, looks: 1000))
        #expect(unseen.estimate == 0.03)
        #expect(abs(unseen.high - 0.05026477143714324) < 1e-12)
        #expect(GoodTuring.unseen(timesSeen: [1, 1, 1, 1, 1], looks: 5) == UnseenShare(estimate: 1, high: 1))
    }

    /// Where all that was seen was seen very often, 3/n, for (1 − 3/n)ⁿ is 5 %.
    @Test func ruleOfThree() throws {
        let unseen = try #require(GoodTuring.unseen(timesSeen: [1_000_000], looks: 1_000_000))
        #expect(unseen.estimate == 0 && (2.995e-6...3.01e-6).contains(unseen.high))
    }

    @Test func theBoundGrowsWithWhatWasSeenSeldom() throws {
        func high(_ times: [Int], series: Int = 1, confidence: Double = 0.95) throws -> Double {
            try #require(GoodTuring.unseen(timesSeen: times, looks: 1000, series: series, confidence: confidence)).high
        }
        let few = try high([900, 50, 50])
        #expect(try few < high([900, 50, 49, 1]))
        #expect(try high([900, 50, 48, 2]) < high([900, 50, 48, 1, 1]))
        #expect(try high([900, 50, 50, 0, 0]) == few)
        #expect(try high([900, 50, 50], series: 2) > few && high([900, 50, 50], confidence: 0.99) > few)
    }

    /// What is proved for one place, and for several places of a few strata what a search found: the mean that the bound
    /// rests on, here by going through all that can be seen, is at most 1 − θⁿ.
    @Test func theMeanBehindTheBoundIsAtMostOne() {
        var random = SplitMix(state: 7)
        for _ in 0..<300 {
            let strata = (0..<4).map { _ in Self.shares(3, &random) }
            for theta in [0.1, 0.5, 0.9] {
                #expect(Self.mean(strata, theta) <= 1 - pow(theta, 4) + 1e-12)
            }
        }
    }

    private static func shares(_ count: Int, _ random: inout SplitMix) -> [Double] {
        let parts = (0..<count).map { _ in exp(4 * random.normal()) }
        return parts.map { $0 / parts.reduce(0, +) }
    }

    /// E exp(θnM)·Π(1 − θᶜ) over all outcomes, with c looks at a place.
    private static func mean(_ strata: [[Double]], _ theta: Double) -> Double {
        var outcomes: [(chance: Double, counts: [Int])] = [(1, [Int](repeating: 0, count: strata[0].count))]
        for stratum in strata {
            outcomes = outcomes.flatMap { outcome in
                stratum.indices.map { place in
                    var counts = outcome.counts
                    counts[place] += 1
                    return (outcome.chance * stratum[place], counts)
                }
            }
        }
        let due = strata[0].indices.map { place in strata.reduce(0.0) { $0 + $1[place] } }
        var mean = 0.0
        for outcome in outcomes {
            var product = outcome.chance
            for (place, count) in outcome.counts.enumerated() {
                product *= count > 0 ? 1 - pow(theta, Double(count)) : exp(theta * due[place])
            }
            mean += product
        }
        return mean
    }

    @Test func impossible() {
        for looks in [0, -1, Double.nan, .infinity] { #expect(GoodTuring.unseen(timesSeen: [1], looks: looks) == nil) }
        #expect(GoodTuring.unseen(timesSeen: [1], looks: 10, series: 0) == nil)
    }
}
