import ProfileModel
import Testing

@testable import Analysis

@Suite struct ComparisonTextTests {
    @Test func numbersAsWords() {
        #expect(Words.percent(0.934) == "93 %")
        #expect(Words.percent(0.0234) == "2.3 %")
        #expect(Words.percent(0) == "0.0 %")
        #expect(Words.percent(0.0999) == "10 %")
        #expect(Words.decimals(-0.05, 2) == "-0.05")
        #expect(Words.decimals(12.3456, 3) == "12.346")
        #expect(Words.decimals(.infinity, 3) == "inf")
        #expect([0, 24, 999.6, 40_000, 1_234_567].map(Words.count) == ["0", "24", "1,000", "40,000", "1,234,567"])
    }

    @Test func ledgersAdd() throws {
        var one = Ledger()
        (one.due, one.taken, one.late, one.missed, one.failed, one.threadSamples) = (10, 6, 2, 3, 1, 12)
        (one.gaps.mean, one.gaps.longest) = (2, 5)
        var two = one
        (two.taken, two.missed) = (2, 7)
        (two.gaps.mean, two.gaps.longest) = (6, 9)
        let sum = try #require(Ledger.sum(of: [one, two]))
        #expect(sum.due == 20 && sum.taken == 8 && sum.late == 4 && sum.missed == 10 && sum.failed == 2)
        #expect(sum.threadSamples == 24)
        #expect(sum.gaps.mean == 3 && sum.gaps.longest == 9)
        #expect(Ledger.sum(of: []) == nil)
    }
}
