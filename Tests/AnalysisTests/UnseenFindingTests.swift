import ProfileModel
import Testing

@testable import Analysis

@Suite struct UnseenFindingTests {
    private func run(_ schedule: Schedule) -> PlantedRun {
        var run = PlantedRun(schedule: schedule)
        let often = run.stack("main", "often")
        let once = (0..<3).map { run.stack("main", "once\($0)") }
        run.ticks((0..<300).map { $0 % 100 == 50 ? once[$0 / 100] : often })
        return run
    }

    /// Three of 300 ticks saw a function that no other did; main, below them, is on top of none.
    @Test func itIsWhatWasSeenOnce() throws {
        let poisson = try #require(try run(.poisson).findings().unseen)
        #expect(isClose(poisson.share, 0.01) && poisson.high > poisson.share && !poisson.isAtMost)
        #expect(try #require(try run(.jittered).findings().unseen).isAtMost)
    }

    @Test func whereInstantsAreNotAtRandomNothingIsSaid() throws {
        #expect(try run(.periodic).findings().unseen == nil)
        #expect(try PlantedRun().findings().unseen == nil)
        #expect(try PlantedRun(.tracing).findings().unseen == nil)
    }

    @Test func oneSampleLeavesAllOpen() throws {
        var run = PlantedRun(schedule: .poisson, threads: [1, 1])
        run.tick(0, run.stack("a"), run.stack("b"))
        let unseen = try #require(try run.findings().unseen)
        #expect(unseen.share == 1 && unseen.high == 1)
    }
}
