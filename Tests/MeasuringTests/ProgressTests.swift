import Testing

@testable import Measuring

@Suite struct ProgressTests {
    @Test(arguments: [
        (1, 10, 2.0, "about 18 s"), (5, 10, 80.0, "about 80 s"), (1, 11, 9.01, "about 2 min"),
        (1, 3, 3600, "about 2 h"),
        (3, 3, 9, "about 0 s"), (4, 3, 9, "about 0 s"),
    ])
    func whatIsLeftGoesOnAsSoFar(done: Int, all: Int, seconds: Double, left: String) {
        #expect(Progress.left(done: done, of: all, seconds: seconds) == left)
    }

    @Test func nothingIsKnownBeforeTheFirstRun() {
        #expect(Progress.left(done: 0, of: 10, seconds: 5) == nil)
    }
}
