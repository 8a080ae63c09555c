import Testing

@testable import swprof_bench

@Suite struct StoppingRuleTests {
    @Test func runsAtLeastTwentyRoundsHoweverNarrow() {
        #expect(StoppingRule().wantsMore(after: 19, settled: true))
        #expect(!StoppingRule().wantsMore(after: 20, settled: true))
    }

    @Test func runsAtMostEightyRoundsHoweverWide() {
        #expect(StoppingRule().wantsMore(after: 79, settled: false))
        #expect(!StoppingRule().wantsMore(after: 80, settled: false))
    }

    @Test(arguments: [false, true]) func aQuickLookTakesWhatWasAsked(settled: Bool) {
        #expect(StoppingRule.exactly(3).wantsMore(after: 2, settled: settled))
        #expect(!StoppingRule.exactly(3).wantsMore(after: 3, settled: settled))
    }
}
