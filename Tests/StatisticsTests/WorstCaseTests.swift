import Testing

@testable import Statistics

struct WorstCaseTests {
    @Test func noneOrAllOfTheLostWereThere() throws {
        let bounds = try #require(WorstCase.bounds(seen: 0.4, taken: 1000, lost: 250, around: 0.4))
        #expect(abs(bounds.low - 400.0 / 1250) < 1e-15 && abs(bounds.high - 650.0 / 1250) < 1e-15)
        #expect(WorstCase.bounds(seen: 0.4, taken: 0, lost: 0, around: 0.4) == nil)
    }

    /// x/N · N/N is not x/N in the last digit for some x and N; the estimate is never outside its own bounds.
    @Test func theEstimateLiesWithin() throws {
        for taken in 1...200 {
            for seen in 0...taken {
                let share = Double(seen) / Double(taken)
                let bounds = try #require(WorstCase.bounds(seen: share, taken: Double(taken), lost: 0, around: share))
                #expect(bounds.low <= share && share <= bounds.high)
            }
        }
    }
}
