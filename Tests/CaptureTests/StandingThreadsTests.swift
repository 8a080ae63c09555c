import Glibc
import Testing

@testable import Capture

@Suite struct StandingThreadsTests {
    private func sample(
        _ thread: UInt32, _ stack: UInt32, at instant: Int64, cpu: Int64 = 0, _ outcome: ThreadSample.Outcome = .valid
    ) -> ThreadSample {
        ThreadSample(thread: thread, outcome: outcome, stack: stack, cpu: cpu, instant: instant, isRunning: cpu > 0)
    }

    private func tick(_ number: UInt64, _ threads: [ThreadSample]) -> TickRecord {
        TickRecord(number: number, due: Int64(number), taken: Int64(number) + 1, isProbe: false, threads: threads)
    }

    /// Thread 0 runs, the others wait, and one wakes for a tick.
    private var ticks: [TickRecord] {
        (0..<400).map { number in
            let waiting = (1..<100).map { sample($0, $0 == 7 && number == 50 ? 900 : $0, at: Int64(number)) }
            return tick(UInt64(number), [sample(0, UInt32(number % 3), at: Int64(number), cpu: 1000)] + waiting)
        }
    }

    private func written(_ records: [TickRecord]) throws -> [UInt8] {
        let path = temporaryPath()
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        var standing = StandingThreads()
        for var record in records {
            standing.takeOut(of: &record)
            log.append(.tick(record))
        }
        log.close()
        return bytes(of: path)
    }

    private func read(_ bytes: [UInt8]) throws -> [TickRecord] {
        var read: [TickRecord] = []
        #expect(try LogReader(bytes).forEach { if case .tick(let tick) = $0 { read.append(tick) } } == .whole)
        return read
    }

    @Test func aReaderFindsEveryThreadAtEveryTick() throws {
        #expect(try read(written(ticks)) == ticks)
    }

    @Test func whatStandsTakesNoRoom() throws {
        let used = try written(ticks).lastIndex { $0 != 0 } ?? 0
        #expect(used < 400 * 140 + 100 * 32 * 4)
    }

    /// A thread may stand where it stood and run another task.
    @Test func whoRunsAnotherTaskIsTold() throws {
        let records = (0..<6).map { number in
            let threads = (1..<4).map { sample($0, 5, at: Int64(number)) }
            var record = tick(UInt64(number), threads)
            record.threads[0].task = UInt32(number / 3)
            return record
        }
        #expect(try read(written(records)) == records)
    }

    @Test func whoHoldsTheLockIsTold() throws {
        let records = (0..<6).map { number in
            var record = tick(UInt64(number), (1..<4).map { sample($0, 5, at: Int64(number)) })
            for at in record.threads.indices { record.threads[at].holdsLock = at == 0 && number > 2 }
            return record
        }
        #expect(try read(written(records)) == records)
    }

    @Test func whatWasLostIsNotTakenForWhatWasBefore() throws {
        let records = [
            tick(0, [sample(1, 5, at: 0), sample(2, 6, at: 0), sample(3, 7, at: 0)]),
            tick(1, [sample(1, 0, at: 1, .missed), sample(2, 6, at: 1), sample(3, 7, at: 1)]),
            tick(2, [sample(1, 5, at: 2), sample(2, 6, at: 2)]),
            tick(3, [sample(1, 5, at: 3), sample(2, 6, at: 3), sample(3, 7, at: 3)]),
        ]
        #expect(try read(written(records)) == records)
    }
}
