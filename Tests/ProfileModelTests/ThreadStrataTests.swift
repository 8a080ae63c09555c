import ProfileModel
import Testing

@Suite struct ThreadStrataTests {
    private func strata(_ counts: [Int], _ clock: Clock = .cpu) -> ThreadStrata {
        let samples = counts.enumerated().flatMap { thread, count in
            [Sample](
                repeating: Sample(stack: .empty, thread: thread, tick: 0, count: 1, nanoseconds: 1), count: count)
        }
        return ThreadStrata(samples, threads: counts.count, clock: clock)
    }

    @Test func threadsOfManyTicksAreStrataAndTheOthersAreOne() {
        #expect(strata([40, 9, 10, 1]).ofThread == [1, 0, 2, 0])
        #expect(strata([40, 9, 10, 1]).count == 3)
    }

    @Test func whatNoTickSawIsToldApart() {
        #expect(strata([40, 0, 50, 0]).ofThread == [1, 0, 2, 0])
        #expect(strata([40, 0, 50, 0]).isFirstUnseen && !strata([40, 1, 50, 0]).isFirstUnseen)
        #expect(strata([40, 0]).count == 1 && strata([]).count == 1 && strata([5, 5]).count == 1)
    }

    @Test func onTheWallClockAllAreOne() {
        #expect(strata([40, 20, 50, 20], .wall).count == 1)
    }

    /// Threads that waited at a tick do not count at it.
    @Test func samplesWithoutTimeAreNoTicks() {
        let waiting = [Sample](
            repeating: Sample(stack: .empty, thread: 1, tick: 0, count: 1, nanoseconds: 0), count: 50)
        let running = [Sample](
            repeating: Sample(stack: .empty, thread: 0, tick: 0, count: 1, nanoseconds: 1), count: 50)
        #expect(ThreadStrata(waiting + running, threads: 2, clock: .cpu).count == 1)
    }
}
