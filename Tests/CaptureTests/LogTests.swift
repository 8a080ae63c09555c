import Capture
import Glibc
import Testing

@Suite struct LogTests {
    private let everyKind: [LogRecord] = [
        .fact(key: "design", value: "signal"),
        .code(
            CodeRecord(
                id: 0, language: .python, firstLine: 4, name: "f", qualname: "C.f", file: "/tmp/ü \u{1F600}.py",
                lineTable: [1, 2, 3], instructions: [9, 8])),
        .code(CodeRecord(id: 1, language: .gone, firstLine: -1, name: "", qualname: "", file: "", lineTable: [])),
        .stack(StackRecord(id: 1, parent: 0, code: 0, instruction: -1)),
        .tick(
            TickRecord(
                number: 9, due: 5, taken: 6, isProbe: true,
                threads: [
                    ThreadSample(thread: 3, outcome: .valid, stack: 1, cpu: -1, instant: 7, holdsLock: false),
                    ThreadSample(
                        thread: 4, outcome: .failed, stack: 0, cpu: 8, instant: 9, isRunning: true, task: .max,
                        holdsLock: true),
                ])),
        .answer(LateAnswer(tick: 9, thread: 4, outcome: .moved, stack: 1, instant: 12, task: 3, holdsLock: true)),
        .task(number: 3, name: "ü"),
        .thread(ThreadRecord(index: 1, id: 4711, begin: 1, end: 2, cpu: 3)),
        .callNode(CallNodeRecord(thread: 1, id: 2, parent: 0, code: 3)),
        .callCounts(thread: 1, counts: [CallCount(node: 2, calls: .max, selfTicks: 5)]),
        .callEvents(CallEventsRecord(thread: 1, begin: 5, end: .max, count: 2, packed: [1, 2, 3, 4])),
        .clock(ClockPair(ticks: 12, nanoseconds: -13)),
        .note(code: "c", text: "t"),
        .account(
            {
                var account = AccountRecord()
                (account.instant, account.cpu, account.childrenCPU, account.ownCPU) = (1, 2, 3, 4)
                (account.children, account.others, account.othersCPU) = (5, 6, .max)
                return account
            }()),
        .end(99),
    ]

    /// A log as the writer leaves it, and as a killed program does.
    private func log(_ records: [LogRecord], isClosed: Bool = true) throws -> [UInt8] {
        let path = temporaryPath()
        defer { unlink(path) }
        let writer = try #require(LogWriter(path: path))
        for record in records { writer.append(record) }
        if isClosed { writer.close() }
        return bytes(of: path)
    }

    /// How far a log is written; zeros follow.
    private func written(_ log: [UInt8]) -> Int { (log.lastIndex { $0 != 0 } ?? -1) + 1 }

    private func read(_ bytes: [UInt8]) throws -> (records: [LogRecord], ending: LogReader.Ending) {
        var records: [LogRecord] = []
        let ending = try LogReader(bytes).forEach { records.append($0) }
        return (records, ending)
    }

    /// Such a log has no bit that says who held the interpreter's lock.
    @Test func aLogOfTheVersionBeforeIsRead() throws {
        let records = [
            LogRecord.answer(LateAnswer(tick: 9, thread: 4, outcome: .valid, stack: 1, instant: 12)), .end(3),
        ]
        var bytes = try log(records)
        bytes[8] = 5
        #expect(try read(bytes) == (records, .whole))
        bytes[8] = 4
        #expect(throws: LogReader.Failure.unknownVersion(4)) { try read(bytes) }
    }

    @Test func whatIsWrittenIsRead() throws {
        #expect(try read(log(everyKind)) == (everyKind, .whole))
    }

    @Test func aKilledProgramsLogIsWhole() throws {
        #expect(try read(log(everyKind, isClosed: false)) == (everyKind, .whole))
    }

    @Test func aLogLargerThanItsWindowIsWhole() throws {
        let large = (0..<3).map { LogRecord.note(code: "\($0)", text: String(repeating: "x", count: 3 << 20)) }
        #expect(try read(log(large)) == (large, .whole))
    }

    @Test func everyTruncationYieldsTheWholeRecordsBefore() throws {
        let whole = try log(everyKind)
        for length in 16..<written(whole) {
            let (records, _) = try read(Array(whole.prefix(length)))
            #expect(everyKind.starts(with: records))
            #expect(records.count < everyKind.count)
        }
    }

    @Test func everyFlippedByteIsFound() throws {
        let whole = try log(everyKind)
        for at in 16..<written(whole) {
            var damaged = whole
            damaged[at] ^= 0x55
            guard let (records, _) = try? read(damaged) else { continue }
            // Padding carries nothing, so damage there may go unseen; nothing false may be told.
            #expect(everyKind.starts(with: records))
        }
    }

    @Test func otherFilesAreRefused() {
        #expect(throws: LogReader.Failure.notALog) { try LogReader([]) }
        #expect(throws: LogReader.Failure.notALog) { try LogReader(Array(repeating: 7, count: 100)) }
    }

    @Test func aFolderThatIsNotThereGivesNoWriter() {
        #expect(LogWriter(path: "/nonexistent/x.swlog") == nil)
    }
}
