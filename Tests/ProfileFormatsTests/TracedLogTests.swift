import Capture
import Glibc
import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct TracedLogTests {
    private let facts = ["design": "setprofile", "clock": "wall", "python": "3.11.2", "start": "1000", "process": "7"]

    @Test func nodesBecomeSamplesWithTimesInNanoseconds() throws {
        let read = try profile(
            facts,
            [
                .clock(ClockPair(ticks: 0, nanoseconds: 1000)),
                .code(CodeRecord(id: 0, language: .python, firstLine: 1, name: "f", qualname: "f", file: "a.py")),
                .code(CodeRecord(id: 1, language: .c, firstLine: 0, name: "len", qualname: "len", file: "")),
                .callNode(CallNodeRecord(thread: 0, id: 1, parent: 0, code: 0)),
                .callNode(CallNodeRecord(thread: 0, id: 2, parent: 1, code: 1)),
                .callCounts(thread: 0, counts: [CallCount(node: 1, calls: 1, selfTicks: 10)]),
                .callCounts(
                    thread: 0,
                    counts: [CallCount(node: 1, calls: 2, selfTicks: 30), CallCount(node: 2, calls: 5, selfTicks: 10)]),
                .clock(ClockPair(ticks: 100, nanoseconds: 1200)), .end(1200),
            ])
        #expect(read.samples.map(\.count) == [2, 5])
        #expect(read.samples.map(\.nanoseconds) == [60, 20])
        #expect(read.functions.map(\.isC) == [false, true])
        #expect(read.threadTime == 80)
    }

    @Test func aLineStandsOnAStackInItsFunctionsPlace() throws {
        let read = try profile(
            facts,
            [
                .code(CodeRecord(id: 0, language: .python, firstLine: 1, name: "f", qualname: "f", file: "a.py")),
                .code(CodeRecord(id: 1, language: .python, firstLine: 5, name: "g", qualname: "g", file: "a.py")),
                .callNode(CallNodeRecord(thread: 0, id: 1, parent: 0, code: 0)),
                .callNode(CallNodeRecord(thread: 0, id: 2, parent: 1, code: 0, line: 3)),
                .callNode(CallNodeRecord(thread: 0, id: 3, parent: 2, code: 1)),
                .callNode(CallNodeRecord(thread: 0, id: 4, parent: 3, code: 1, line: 6)),
                .callCounts(thread: 0, counts: (1...4).map { CallCount(node: $0, calls: UInt64($0), selfTicks: 10) }),
                .end(1200),
            ])
        let stacks = read.samples.map { read.stacks.frames(of: $0.stack).map { read.locations[$0.index].line } }
        #expect(stacks == [[0], [3], [0, 3], [6, 3]])
        #expect(read.samples.map(\.count) == [1, 2, 3, 4])
        #expect(read.samples.map(read.isLine) == [false, true, false, true])
    }

    @Test func aBlocksLogIsAProfileAmongOthers() throws {
        let path = "/tmp/swprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).swlog"
        defer { unlink(path) }
        let log = try #require(LogWriter(path: path))
        for (key, value) in facts { log.append(.fact(key: key, value: value)) }
        log.append(.fact(key: "program", value: "a.py\u{1f}\u{1f}--fast"))
        log.close()
        let read = try ProfileFormat.read(FileBytes.read(path), path: path)
        #expect(read.design == "setprofile" && read.program == ["a.py", "", "--fast"])
        #expect(throws: FormatError.self) { try ProfileFormat.write(read, as: .log) }
    }

    @Test func aLogOfAnotherVersionIsSaidToBeOne() {
        let bytes: [UInt8] = [0x53, 0x57, 0x50, 0x52, 0x4f, 0x46, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0]
        #expect { try ProfileFormat.read(bytes, path: "a.swlog") } throws: { "\($0)".contains("version 99") }
    }

    @Test func aLogThatSaysNothingIsRefusedInOneLine() {
        #expect(throws: CaptureLogError.self) { try profile([:], []) }
        #expect(throws: CaptureLogError.self) { try CaptureLogReader.read([1, 2, 3]) }
    }
}
