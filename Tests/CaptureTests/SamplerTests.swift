import Capture
import Glibc
import Testing

/// A design whose threads are scripted: what is there at each tick, and what became of looking.
private struct ScriptedDesign: SamplingDesign {
    let clock: FakeClock
    /// Extra time that each look takes, by the order of looks.
    var delays: [Int64] = []
    var present: (Int) -> [Int32] = { _ in [1] }
    var outcome: (Int) -> ThreadSample.Outcome = { _ in .valid }
    /// Ticks that are answered one look later.
    var answersLate: (UInt64) -> Bool = { _ in false }
    private var late: [LateAnswer] = []
    private var ticks: ClosedRange<UInt64> = 0...0
    private var looks = 0
    private var asked: [ObservedThread] = []

    init(clock: FakeClock) { self.clock = clock }

    func threads() -> [Int32] { present(looks) }

    mutating func ask(_ threads: [ObservedThread], ticks: ClosedRange<UInt64>) {
        if answersLate(self.ticks.lowerBound), looks > 0 {
            late += self.ticks.map { LateAnswer(tick: $0, thread: 0, outcome: .valid, stack: 7, instant: clock.now()) }
        }
        self.ticks = ticks
        clock.pass(looks < delays.count ? delays[looks] : 0)
        looks += 1
        asked = threads
    }

    func collect() -> [ThreadSample] {
        asked.map {
            ThreadSample(
                thread: $0.index, outcome: answersLate(ticks.lowerBound) ? .missed : outcome(looks), stack: 5,
                cpu: $0.cpuSinceLastTick, instant: clock.now())
        }
    }

    mutating func lateAnswers() -> [LateAnswer] {
        defer { late = [] }
        return late
    }

    func awaitAnswers() {}
}

@Suite struct SamplerTests {
    private func records(
        _ change: (inout ScriptedDesign) -> Void, until end: Int64, _ kind: TickSchedule.Kind = .periodic,
        cpu: @escaping (Int32) -> Int64? = { _ in 0 }
    ) throws -> [LogRecord] {
        let path = temporaryPath()
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        let clock = FakeClock()
        var design = ScriptedDesign(clock: clock)
        change(&design)
        var sampler = Sampler(design, log: log, clock: clock, cpuClock: cpu)
        sampler.run(
            TickSchedule(kind, rate: 1000, seed: 3), from: 0, isStopped: { clock.now() > end }, finalEnd: clock.now)
        log.close()
        var records: [LogRecord] = []
        #expect(try LogReader(bytes(of: path)).forEach { records.append($0) } == .whole)
        return records
    }

    private func ticks(_ records: [LogRecord]) -> [TickRecord] {
        records.compactMap { if case .tick(let tick) = $0 { tick } else { nil } }
    }

    @Test func everyTickIsWrittenDownOnce() throws {
        let ticks = ticks(try records({ _ in }, until: 50_000_000))
        #expect(ticks.map(\.number) == Array(0..<UInt64(ticks.count)))
        #expect(ticks.count >= 50)
        #expect(ticks.allSatisfy { $0.threads.count == 1 })
    }

    /// A design that is called back, and one that comes for each tick by itself, leave the same log.
    @Test func whoComesForEveryTickIsGivenTheSameOnes() throws {
        let called = ticks(try records({ $0.delays = [0, 3_500_000] }, until: 20_000_000))
        let path = temporaryPath()
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        let clock = FakeClock()
        var design = ScriptedDesign(clock: clock)
        design.delays = [0, 3_500_000]
        var sampler = Sampler(design, log: log, clock: clock) { _ in 0 }
        let schedule = TickSchedule(.periodic, rate: 1000, seed: 3)
        var given: [UInt64] = []
        while let look = sampler.next(schedule, from: 0, isStopped: { clock.now() > 20_000_000 }) {
            given.append(look.tick.number)
        }
        sampler.finish(schedule, from: 0, at: clock.now())
        log.close()
        var records: [LogRecord] = []
        #expect(try LogReader(bytes(of: path)).forEach { records.append($0) } == .whole)
        #expect(ticks(records).map(\.number) == called.map(\.number))
        #expect(ticks(records).map(\.threads.count) == called.map(\.threads.count))
        // Those that were overtaken are written down, and given to nobody.
        #expect(given == Set(given).sorted() && given.count < called.count)
    }

    @Test func ticksThatWereOvertakenAreMissedNotForgotten() throws {
        nonisolated(unsafe) var reading: Int64 = 0
        let ticks = ticks(
            try records(
                { $0.delays = [0, 0, 10_000_000] }, until: 30_000_000,
                cpu: { _ in
                    reading += 7
                    return reading
                }))
        let overtaken = ticks.filter { $0.threads.allSatisfy { $0.outcome == .overtaken } }
        #expect((8...10).contains(overtaken.count))
        #expect(overtaken.allSatisfy { $0.taken > $0.due })
        #expect(ticks.map(\.number) == Array(0..<UInt64(ticks.count)))
    }

    /// Its CPU clock stands still, so that it is where it was at the last look, however late we come.
    @Test func aThreadThatStoodStillIsSeenAtOvertakenTicks() throws {
        let ticks = ticks(try records({ $0.delays = [0, 0, 10_000_000] }, until: 30_000_000))
        #expect(ticks.allSatisfy { $0.threads.map(\.outcome) == [.valid] && $0.threads.map(\.stack) == [5] })
        let overtaken = ticks.filter { $0.taken - $0.due > 500_000 }
        #expect((8...10).contains(overtaken.count))
        #expect(overtaken.allSatisfy { $0.threads[0].instant == $0.due })
    }

    @Test func aLateAnswerFollowsTheTickThatItIsFor() throws {
        let all = try records({ $0.answersLate = { $0 == 4 } }, until: 20_000_000)
        let at = try #require(all.firstIndex { if case .tick(let tick) = $0 { tick.number == 4 } else { false } })
        guard case .tick(let tick) = all[at],
            case .answer(let answer) = all[(at + 1)...].first(where: { if case .answer = $0 { true } else { false } })
        else {
            return #expect(Bool(false), "no answer")
        }
        #expect(tick.threads.map(\.outcome) == [.missed])
        #expect(answer == LateAnswer(tick: 4, thread: 0, outcome: .valid, stack: 7, instant: answer.instant))
        #expect(all.count { if case .answer = $0 { true } else { false } } == 1)
    }

    @Test func ticksThatWereDueBeforeTheEndAreWrittenDown() throws {
        let ticks = ticks(try records({ $0.delays = Array(repeating: 0, count: 9) + [5_000_000] }, until: 11_000_000))
        #expect(ticks.map(\.due).last.map { $0 >= 13_000_000 } == true)
    }

    /// Each look takes 120 µs, as of a deep stack: ticks that come meanwhile are taken together, not lost.
    @Test func ticksThatComeCloseShareALook() throws {
        nonisolated(unsafe) var reading: Int64 = 0
        let ticks = ticks(
            try records(
                { $0.delays = Array(repeating: 120_000, count: 3000) }, until: 2_000_000_000, .poisson,
                cpu: { _ in
                    reading += 7
                    return reading
                }))
        let sharing = zip(ticks, ticks.dropFirst()).filter { $0.taken == $1.taken && $0.taken > 0 }
        // One may be due between the last look and the end.
        #expect(ticks.dropLast().allSatisfy { $0.threads.map(\.outcome) == [.valid] })
        #expect(sharing.count > 5)
        #expect(sharing.allSatisfy { $0.due <= $1.due && $1.due <= $1.taken && $0.taken - $0.due <= 150_000 })
        #expect(sharing.allSatisfy { $0.threads[0].stack == $1.threads[0].stack && $1.threads[0].cpu == 0 })
        #expect(ticks.map(\.number) == Array(0..<UInt64(ticks.count)))
    }

    @Test func threadsThatComeAndGoHaveTheirLives() throws {
        let all = try records({ $0.present = { look in (10..<20).contains(look) ? [1, 2] : [1] } }, until: 40_000_000)
        let lives = all.reduce(into: [UInt32: ThreadRecord]()) { lives, record in
            if case .thread(let life) = record { lives[life.index] = life }
        }
        #expect(lives.count == 2)
        let second = try #require(lives[1])
        #expect(second.id == 2)
        #expect((8_000_000...11_000_000).contains(second.end - second.begin))
        #expect(lives[0]?.begin == 0)
    }

    @Test func aThreadThatOneReadingLeavesOutHasOneLife() throws {
        let all = try records({ $0.present = { look in look == 10 ? [1] : [1, 2] } }, until: 20_000_000)
        let lives = all.reduce(into: [UInt32: ThreadRecord]()) { lives, record in
            if case .thread(let life) = record { lives[life.index] = life }
        }
        #expect(lives.values.map(\.id).sorted() == [1, 2])
        #expect(try #require(lives[1]).end >= 19_000_000)
    }

    @Test func cpuTimeIsThatSinceTheLastTick() throws {
        nonisolated(unsafe) var reading: Int64 = 1000
        let ticks = ticks(
            try records(
                { _ in }, until: 5_000_000,
                cpu: { _ in
                    reading += 7
                    return reading
                }))
        #expect(ticks.flatMap(\.threads).allSatisfy { $0.cpu == 7 })
    }

    @Test func aSamplerThatWasAwayGoesOnWithItsTicks() throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        let clock = FakeClock()
        var sampler = Sampler(ScriptedDesign(clock: clock), log: log, clock: clock, cpuClock: { _ in clock.now() })
        let schedule = TickSchedule(.periodic, rate: 1000, seed: 3)
        sampler.run(schedule, from: 0, isStopped: { clock.now() > 10_000_000 }, finalEnd: { nil })
        clock.pass(5_000_000)
        sampler.run(schedule, from: 0, isStopped: { clock.now() > 30_000_000 }, finalEnd: clock.now)
        log.close()
        var all: [LogRecord] = []
        #expect(try LogReader(bytes(of: path)).forEach { all.append($0) } == .whole)
        let ticks = ticks(all)
        #expect(ticks.map(\.number) == Array(0..<UInt64(ticks.count)) && ticks.count >= 29)
        #expect((3...5).contains(ticks.count { $0.threads.allSatisfy { $0.outcome == .overtaken } }))
        #expect(all.count { if case .end = $0 { true } else { false } } == 1)
    }

    @Test func aStopIsTheLogsLastWord() throws {
        let all = try records({ _ in }, until: 5_000_000)
        guard case .end = try #require(all.last) else { return #expect(Bool(false), "no end") }
    }
}

func temporaryPath() -> String { "/tmp/swprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).swlog" }

func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: ftell(file))
    rewind(file)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
}
