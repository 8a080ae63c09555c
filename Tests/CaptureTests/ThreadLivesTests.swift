import Glibc
import Testing

@testable import Capture

@Suite struct ThreadLivesTests {
    private func lives(cpuClock: @escaping (Int32) -> Int64? = { _ in 0 }) throws -> ThreadLives {
        let path = temporaryPath()
        defer { unlink(path) }
        return ThreadLives(log: try #require(LogWriter(path: path)), cpuClock: cpuClock)
    }

    @Test func asManyAreFollowedAsThereAre() throws {
        var lives = try lives()
        let observed = lives.observe(Array(1...5000), now: 1)
        #expect(observed.map(\.id) == Array(1...5000) && Set(observed.map(\.slot)).count == 5000)
        #expect(lives.follows(5000) && !lives.follows(5001))
    }

    @Test func whoHasEndedGivesItsSlotBack() throws {
        var lives = try lives()
        for now in 0..<200 { _ = lives.observe([Int32(now + 1)], now: Int64(now)) }
        #expect(try #require(lives.observe([1000], now: 200).first).slot < 4)
    }

    /// The kernel knows it all the while.
    @Test func whoIsLeftOutOfSomeReadingsIsNoOtherThen() throws {
        var lives = try lives()
        let before = lives.observe([1, 2], now: 0)
        for now in 1...5 { _ = lives.observe([1], now: Int64(now)) }
        #expect(lives.observe([1, 2], now: 6).map(\.index) == before.map(\.index))
        for now in 7...40 { _ = lives.observe([1], now: Int64(now)) }
        #expect(!lives.follows(2))
    }

    /// A thread of native code takes CPU time before it calls Python, and between two calls; no tick can have seen that.
    @Test(arguments: [3, 30])
    func whatAThreadTookWhileItWasAwayIsNotItsOwn(gap: Int64) throws {
        var now: Int64 = 0
        var lives = try lives(cpuClock: { _ in 500 + now })
        lives.begin([1], at: 0)
        #expect(lives.observe([1], now: 0).map(\.cpuSinceLastTick) == [0])
        now = 10
        #expect(lives.observe([1, 2], now: now).map(\.cpuSinceLastTick) == [10, 10])
        for _ in 0..<gap {
            now += 10
            _ = lives.observe([1], now: now)
        }
        now += 10
        #expect(lives.observe([1, 2], now: now).map(\.cpuSinceLastTick) == [10, 10])
    }
}
