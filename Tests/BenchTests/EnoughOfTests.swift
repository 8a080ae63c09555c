import Testing

@testable import swprof_bench

@Suite struct EnoughOfTests {
    @Test func eighteenOfTwentyAreEnough() {
        #expect(EnoughOf().verdict(successes: 18, of: 20) == .met)
        #expect(EnoughOf().verdict(successes: 17, of: 20) == .missed)
        #expect(EnoughOf().verdict(successes: 3, of: 3) == .undecided)
    }
}
