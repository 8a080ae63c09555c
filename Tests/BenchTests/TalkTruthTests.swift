import Testing

@testable import swprof_bench

private let phases = SievePhases(first: 0.8, second: 0.2, firstIterations: 1000, secondIterations: 1_000_000)

@Suite struct TalkTruthTests {
    @Test func theRangeIsTheFirstPhaseAndTheEmptyUpdates() throws {
        let parts = SecondPhaseParts(updates: [0.15, 0.10, 0.20], loop: [0.25, 0.30])
        let truth = try #require(TalkTruth(phases, parts))
        #expect(abs(truth.line10.lowerBound - (0.8 - 0.0002 + 0.02)) < 1e-12)
        #expect(abs(truth.line10.upperBound - 0.84) < 1e-12)
        #expect(abs(truth.line8AtMost - (1 - 0.8198 - 0.05)) < 1e-12)
    }

    @Test func withoutTimedUpdatesThereIsNoTruth() {
        #expect(TalkTruth(phases, SecondPhaseParts(updates: [], loop: [0.2])) == nil)
    }

    @Test func theUnionHoldsEveryRun() throws {
        let parts = SecondPhaseParts(updates: [0.1], loop: [0.2])
        var other = phases
        other.first = 0.6
        let truths = [phases, other].compactMap { TalkTruth($0, parts) }
        let union = try #require(TalkTruth.union(truths))
        for truth in truths {
            #expect(union.line10.contains(truth.line10.lowerBound) && union.line10.contains(truth.line10.upperBound))
            #expect(union.line8AtMost >= truth.line8AtMost)
        }
    }
}
