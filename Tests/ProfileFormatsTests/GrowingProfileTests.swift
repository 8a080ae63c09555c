import Capture
import Glibc
import ProfileModel
import Testing

@testable import ProfileFormats

/// A capture log that is read while it is written.
@Suite struct GrowingProfileTests {
    private static let millisecond: Int64 = 1_000_000
    private let path = "/tmp/swprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).swlog"

    private static let facts: [LogRecord] = [
        ("clock", "wall"), ("design", "signal"), ("kind", "sampling"), ("process", "7"), ("python", "3.11.2"),
        ("instants", "own"), ("rate", "1000"), ("schedule", "jittered"), ("start", "1000"),
    ].map { .fact(key: $0, value: $1) }

    private static func code(_ id: UInt32) -> LogRecord {
        .code(CodeRecord(id: id, language: .python, firstLine: 4, name: "f\(id)", qualname: "f\(id)", file: "a.py"))
    }

    private static func stack(_ id: UInt32) -> LogRecord {
        .stack(StackRecord(id: id, parent: 0, code: id - 1, instruction: -1))
    }

    private static func thread(_ index: UInt32) -> LogRecord {
        .thread(ThreadRecord(index: index, id: Int32(7 + index), begin: 1000, end: 1000 + millisecond, cpu: 0))
    }

    private static func tick(_ number: UInt64, _ seen: [(thread: UInt32, outcome: ThreadSample.Outcome, stack: UInt32)])
        -> LogRecord
    {
        let due = Int64(number) * millisecond
        let threads = seen.map {
            ThreadSample(
                thread: $0.thread, outcome: $0.outcome, stack: $0.stack, cpu: 1, instant: 1000 + due, isRunning: true)
        }
        return .tick(TickRecord(number: number, due: due, taken: due + 1, isProbe: false, threads: threads))
    }

    private static func answer(_ tick: UInt64) -> LogRecord {
        .answer(LateAnswer(tick: tick, thread: 0, outcome: .valid, stack: 1, instant: 1000))
    }

    @Test func eachLookReadsWhatIsNew() throws {
        let log = try #require(LogWriter(path: path))
        defer { unlink(path) }
        #expect(GrowingProfile(path: path) == nil)
        Self.facts.forEach { log.append($0) }
        #expect(GrowingProfile(path: path) == nil, "more facts may follow")
        log.append(Self.thread(0))
        let growing = try #require(GrowingProfile(path: path))
        #expect(
            growing.profile.schedule == .jittered && growing.profile.kind == .sampling && growing.profile.instantsAreOwn
        )
        #expect(growing.look().isEmpty)
        for record in [Self.code(0), Self.stack(1), Self.tick(0, [(0, .valid, 1)])] { log.append(record) }
        #expect(growing.look() == [WatchedTick(seen: [.init(stack: StackID(1), thread: 0)])])
        #expect(
            growing.profile.functions.map(\.name) == ["f0"] && growing.profile.threads.map(\.name) == ["main thread"])
        #expect(growing.look().isEmpty && !growing.isEnded)
        for record in [Self.tick(1, [(0, .failed, 0), (1, .valid, 1)]), Self.tick(2, []), .end(5000)] {
            log.append(record)
        }
        let more = growing.look()
        #expect(more.map(\.lost) == [1, 2] && more.map(\.edges) == [1, 0] && more[0].seen.map(\.thread) == [1])
        #expect(growing.isEnded && growing.profile.seconds == 0.002)
    }

    /// An answer that comes late belongs to its tick; one that never comes holds the others back for half a second at most.
    @Test func ticksWaitForAnswers() throws {
        let log = try #require(LogWriter(path: path))
        defer { unlink(path) }
        for record in Self.facts + [Self.thread(0), Self.code(0), Self.stack(1)] { log.append(record) }
        let growing = try #require(GrowingProfile(path: path))
        for record in [Self.tick(0, [(0, .valid, 1)]), Self.tick(1, [(0, .missed, 0)]), Self.tick(2, [(0, .valid, 1)])]
        {
            log.append(record)
        }
        #expect(growing.look().count == 1)
        log.append(Self.answer(1))
        let answered = growing.look()
        #expect(answered.count == 2 && answered.allSatisfy { $0.lost == 0 && $0.seen.count == 1 })
        log.append(Self.tick(3, [(0, .missed, 0)]))
        #expect(growing.look().isEmpty)
        log.append(Self.tick(600, [(0, .valid, 1)]))
        #expect(growing.look().map(\.lost) == [1, 0])
    }

    /// Wherever the log breaks off, what is whole is read, nothing else is, and nothing is lost once the rest is there.
    @Test func aRecordThatIsBeingWrittenIsReadLater() throws {
        let log = try #require(LogWriter(path: path))
        let ticks: [LogRecord] = (0..<5).map { Self.tick($0, [(0, .valid, 1), (1, .valid, 1)]) }
        for record in Self.facts + [Self.thread(0), Self.thread(1), Self.code(0), Self.stack(1)] + ticks {
            log.append(record)
        }
        log.close()
        defer { unlink(path) }
        let whole = try FileBytes.read(path)
        let length = try #require(whole.lastIndex { $0 != 0 }) + 1
        for cut in stride(from: length - 400, to: length, by: 1) {
            let broken = Array(whole[..<cut]) + [UInt8](repeating: 0, count: whole.count - cut)
            try FileBytes.write(broken, to: path)
            guard let growing = GrowingProfile(path: path) else { continue }
            let first = growing.look()
            let file = open(path, O_WRONLY)
            #expect(whole.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) } == whole.count)
            close(file)
            let all = first + growing.look()
            #expect(all.count == 5 && all.allSatisfy { $0.seen.count == 2 && $0.lost == 0 }, "\(cut)")
        }
    }

    @Test func manyRecordsAreReadInOneLook() throws {
        let log = try #require(LogWriter(path: path))
        defer { unlink(path) }
        for record in Self.facts + [Self.thread(0), Self.code(0), Self.stack(1)] { log.append(record) }
        let growing = try #require(GrowingProfile(path: path))
        let large = String(repeating: "x", count: 1 << 19)
        for number in 0..<20_000 as Range<UInt64> {
            if number == 9000 { log.append(.note(code: "large", text: large)) }
            log.append(Self.tick(number, [(0, .valid, 1)]))
        }
        #expect(growing.look().count == 20_000)
    }

    @Test func aTracersCountsAreReadWhole() throws {
        let log = try #require(LogWriter(path: path))
        defer { unlink(path) }
        for (key, value) in [
            ("clock", "cpu"), ("design", "evalframe"), ("kind", "tracing"), ("python", "3.11.2"), ("start", "0"),
        ] {
            log.append(.fact(key: key, value: value))
        }
        for record in [Self.code(0), .callNode(CallNodeRecord(thread: 0, id: 1, parent: 0, code: 0))] {
            log.append(record)
        }
        let growing = try #require(GrowingProfile(path: path))
        #expect(growing.profile.kind == .tracing)
        for calls in [3, 9] as [UInt64] {
            log.append(.callCounts(thread: 0, counts: [CallCount(node: 1, calls: calls, selfTicks: 100 * calls)]))
            let profile = try #require(growing.whole())
            #expect(
                profile.samples.map(\.count) == [Int64(calls)]
                    && profile.samples.map(\.nanoseconds) == [Int64(100 * calls)])
        }
    }
}
