import Capture
import Glibc
import Testing

@Suite("What the scheduler counts")
struct SchedulerTimesTests {
    private static func times(_ text: String) -> SchedulerTimes {
        text.withCString { SchedulerTimes(text: UnsafeMutablePointer(mutating: $0)) }
    }

    private static let before = times("5000 70000 3\n")

    @Test func theKernelsLineIsRead() {
        #expect((Self.before.cpu, Self.before.waited, Self.before.turns) == (5000, 70_000, 3))
        #expect(Self.times("").turns == 0)
    }

    /// The other had the processor for 200 µs.
    @Test(arguments: [
        ("had it back when the other fell asleep", "9000 280000 4", true),
        ("at the very instant", "9000 270000 4", true),
        ("woke meanwhile", "9000 250000 4", false),
        ("waited for others, too", "9000 470000 4", false),
        ("has not got it back", "5000 70000 3", false),
        ("got it, lost it and got it again", "9000 280000 5", false),
    ])
    func whoWasPutAsideWaitedForAsLongAsTheOtherRan(_ what: String, _ after: String, _ isPutAside: Bool) {
        #expect(Self.times(after).showsPutAside(since: Self.before, for: 200_000) == isPutAside, "\(what)")
    }
}
