import ProfileModel
import Statistics
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
    @Test func itIsBoundedByWhatWasSeenSeldom() throws {
        for schedule in [Schedule.poisson, .jittered] {
            let unseen = try #require(try run(schedule).findings().unseen)
            let expected = try #require(GoodTuring.unseen(timesSeen: [297, 1, 1, 1], looks: 300))
            #expect(isClose(unseen.share, 0.01) && isClose(unseen.high, expected.high) && unseen.high > 0.02)
        }
    }

    /// All that a lost tick would have seen may be in functions that no other saw.
    @Test func lostTicksCountAsUnseen() throws {
        var lossy = run(.jittered)
        let high = try #require(try lossy.findings().unseen).high
        lossy.ledger(due: 310, missed: 10)
        #expect(isClose(try #require(try lossy.findings().unseen).high, (high * 300 + 10) / 310))
    }

    /// Two threads that always do the same are worth no more looks than one.
    @Test func threadsOfOneTickAreNoLooksOfTheirOwn() throws {
        var (one, two) = (PlantedRun(), PlantedRun(threads: [1, 1]))
        for tick in 0..<300 {
            one.tick(tick, one.stack("f\(tick % 100)"))
            two.tick(tick, two.stack("f\(tick % 100)"), two.stack("f\(tick % 100)"))
        }
        let (alone, both) = (try #require(try one.findings().unseen), try #require(try two.findings().unseen))
        #expect(isClose(alone.high, both.high) && isClose(alone.share, both.share))
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
