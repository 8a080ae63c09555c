import Capture
import Glibc
import Testing

/// A call tree whose events go into a log, and what the log has of them.
private struct Recording {
    var tree: CallTree
    private let log: LogWriter
    private let path: String

    init(now: UInt64) throws {
        path = temporaryPath()
        log = try #require(LogWriter(path: path))
        tree = CallTree(now: now, events: CallEvents.make(log: log, source: .monotonic, thread: 3))
    }

    mutating func call(_ key: UInt, at now: UInt64) {
        if !tree.enterKnown(key, now: now) { tree.enter(key, now: now) { _, _ in } }
    }

    /// The records; the log is gone afterwards.
    mutating func finished() throws -> [CallEventsRecord] {
        tree.writeEvents()
        log.close()
        tree.deallocate()
        defer { unlink(path) }
        var records: [CallEventsRecord] = []
        let ending = try LogReader(bytes(of: path)).forEach { record in
            if case .callEvents(let events) = record { records.append(events) }
        }
        #expect(ending == .whole)
        return records
    }
}

extension CallEventsRecord {
    /// Length and node of each event.
    fileprivate var events: [[UInt64]] {
        packed.withUnsafeBytes { bytes in
            var at = 0
            return (0..<count).map { _ in
                [PackedNumber.take(from: bytes, at: &at) ?? .max, PackedNumber.take(from: bytes, at: &at) ?? .max]
            }
        }
    }
}

@Suite struct CallEventsTests {
    @Test func everyStretchIsTakenDownWithItsNode() throws {
        var recording = try Recording(now: 100)
        recording.call(17, at: 110)
        recording.call(33, at: 115)
        recording.tree.leave(now: 135)
        recording.call(33, at: 1000)
        recording.tree.leave(now: 1001)
        recording.tree.leave(now: 1005)
        let records = try recording.finished()
        #expect(records.map(\.thread) == [3] && records.map(\.begin) == [100] && records.map(\.end) == [1005])
        #expect(records[0].events == [[10, 0], [5, 1], [20, 2], [865, 1], [1, 2], [4, 1]])
    }

    /// The time that writing takes is nobody's: the next stretch begins behind it.
    @Test func theClockGoesOnBehindWhatIsWritten() throws {
        let start = UInt64(KernelClock.now())
        var recording = try Recording(now: start)
        var now = start
        for _ in 0..<3000 {
            now = max(now + 1, UInt64(KernelClock.now()))
            recording.call(17, at: now)
            now = max(now + 1, UInt64(KernelClock.now()))
            recording.tree.leave(now: now)
        }
        let records = try recording.finished()
        #expect(records.count == 2 && records[0].count == 4096)
        #expect(records[1].begin > records[0].end)
        #expect(records.allSatisfy { record in record.begin + record.events.reduce(0) { $0 + $1[0] } == record.end })
    }

    @Test func whatIsHurriedIsWrittenWithTheNextEvent() throws {
        var recording = try Recording(now: 0)
        recording.call(17, at: 10)
        recording.tree.hurryEvents()
        recording.call(33, at: .max / 2)
        recording.tree.leave(now: .max / 2 + 5)
        let records = try recording.finished()
        #expect(records.first?.count == 2)
    }

    @Test(arguments: [0, 1, 127, 128, 300, UInt64(UInt32.max), .max])
    func numbersComeBack(number: UInt64) {
        let bytes = [UInt8](unsafeUninitializedCapacity: PackedNumber.longest) { room, size in
            PackedNumber.put(number, into: room, at: &size)
        }
        bytes.withUnsafeBytes { bytes in
            var at = 0
            #expect(PackedNumber.take(from: bytes, at: &at) == number && at == bytes.count)
            at = 0
            #expect(PackedNumber.take(from: UnsafeRawBufferPointer(rebasing: bytes.dropLast()), at: &at) == nil)
        }
    }
}
