import Testing

@testable import Statistics

@Suite struct LongJackknifeTests {
    /// Sums of a million rounds are made once, not a million times.
    @Test(.timeLimit(.minutes(1))) func aMillionRoundsAreNoMatter() throws {
        let values = (0..<1_000_000).map { 1 + Double($0 % 7) }
        let ratio = try #require(Jackknife.ratio(values.map { 2 * $0 }, to: values))
        #expect(abs(ratio.value - 2) < 1e-9)
    }

    @Test func leavingOneOutLeavesTheRest() {
        let replicates = Jackknife.leaveOneOut([1, 2, 3], over: [1, 1, 2])
        #expect(replicates.full == 1.5 && replicates.without == [5 / 3, 4 / 3, 1.5])
    }
}
