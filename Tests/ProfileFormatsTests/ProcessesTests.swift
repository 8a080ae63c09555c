import Capture
import Glibc
import ProfileModel
import Testing

@testable import ProfileFormats

/// The processes of a program whose children are followed: in their logs, and in files.
@Suite struct ProcessesTests {
    /// A folder with a program's log and those of its children, which goes when the test has ended.
    private final class Logs {
        let folder = "/tmp/swprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        private var written: [String] = []

        init() { mkdir(folder, 0o700) }

        deinit {
            for path in written { unlink(path) }
            rmdir(folder)
        }

        /// One tick a millisecond, each on the function.
        func write(_ name: String, _ facts: [String: String], function: String, ticks: UInt64, end: Int64? = nil) throws
        {
            let path = folder + "/" + name
            written.append(path)
            let log = try #require(LogWriter(path: path))
            let usual = [
                "design": "signal", "clock": "wall", "kind": "sampling", "schedule": "jittered", "rate": "1000",
                "python": "3.11.2", "children": "follow",
            ]
            for (key, value) in usual.merging(facts, uniquingKeysWith: { $1 }) {
                log.append(.fact(key: key, value: value))
            }
            let start = Int64(facts["start"] ?? "") ?? 0
            log.append(
                .code(
                    CodeRecord(
                        id: 0, language: .python, firstLine: 1, name: function, qualname: function, file: "a.py")))
            log.append(.stack(StackRecord(id: 1, parent: 0, code: 0, instruction: -1)))
            let id = Int32(facts["process"] ?? "") ?? 0
            log.append(.thread(ThreadRecord(index: 0, id: id, begin: start, end: start, cpu: 0)))
            for number in 0..<ticks {
                let due = Int64(number) * 1_000_000
                let sample = ThreadSample(
                    thread: 0, outcome: .valid, stack: 1, cpu: 500_000, instant: start + due, isRunning: true)
                log.append(
                    .tick(TickRecord(number: number, due: due, taken: due + 1, isProbe: false, threads: [sample])))
            }
            if let end {
                log.append(.thread(ThreadRecord(index: 0, id: id, begin: start, end: end, cpu: 0)))
                log.append(.end(end))
            }
            log.close()
        }

        func number(_ count: Int) throws {
            let path = folder + "/" + ChildLog.numbersFile
            written.append(path)
            try FileBytes.write(Array(repeating: UInt8(ascii: "+"), count: count), to: path)
        }

        func read() throws -> Profile {
            let path = folder + "/capture.swlog"
            return try ProfileFormat.read(FileBytes.read(path), path: path)
        }
    }

    private func program() throws -> Logs {
        let logs = Logs()
        try logs.write(
            "capture.swlog",
            ["start": "1000", "process": "7", "words": "python3\u{1f}-X\u{1f}dev\u{1f}/a/pool.py\u{1f}8"],
            function: "main", ticks: 4, end: 1000 + 4_000_000)
        try logs.write(
            "child-2.swlog", ["start": "3000", "process": "9", "parent": "7", "name": "ForkPoolWorker-1"],
            function: "work", ticks: 3, end: 3000 + 3_000_000)
        try logs.write("child-3.swlog", ["start": "2000", "process": "8", "parent": "7"], function: "work", ticks: 2)
        return logs
    }

    @Test func allLogsAreOneProfile() throws {
        let logs = try program()
        try logs.number(4)
        let profile = try logs.read()
        #expect(profile.processes.map(\.name) == ["pool.py", "pid 8", "ForkPoolWorker-1"])
        #expect(profile.processes.map(\.parent) == [nil, 7, 7])
        #expect(profile.samples.count == 9 && profile.ledger?.taken == 9)
        #expect(profile.functions.map(\.name) == ["main", "work"])
    }

    /// A child that has no number has no log, whatever stands in the folder.
    @Test func childrenAreThoseThatHaveNumbers() throws {
        let logs = try program()
        #expect(try logs.read().processes.count == 1)
        try logs.number(2)
        #expect(try logs.read().processes.map(\.id) == [7, 9])
    }

    @Test func logsOfAnotherKindAreLeftOut() throws {
        let logs = try program()
        try logs.number(4)
        try logs.write(
            "child-1.swlog", ["start": "2", "process": "5", "parent": "7", "design": "gil"], function: "g", ticks: 1)
        try logs.write(
            "child-4.swlog", ["start": "2", "process": "5", "parent": "7", "children": ""], function: "g", ticks: 1)
        #expect(try logs.read().processes.count == 4)
    }

    /// A killed process tells of its threads no more: they were there at its last ticks.
    @Test func aLifeThatWasNotToldLastsToItsLastTick() throws {
        let logs = try program()
        try logs.number(3)
        let life = try logs.read().threads.first { $0.id == 8 }
        #expect(life?.nanoseconds == 1_000_001)
        try logs.write(
            "child-3.swlog", ["start": "2000", "process": "8", "parent": "7", "clock": "cpu"], function: "work",
            ticks: 2)
        try logs.write("capture.swlog", ["start": "1000", "process": "7", "clock": "cpu"], function: "main", ticks: 1)
        #expect(try logs.read().threads.first { $0.id == 8 }?.nanoseconds == 1_000_000)
    }

    @Test(
        arguments: [
            ("python3\u{1f}a/b.py\u{1f}-m", "b.py"),
            ("python3\u{1f}-W\u{1f}error\u{1f}-m\u{1f}pytest\u{1f}x", "-m pytest"),
            ("python3\u{1f}-c\u{1f}print(1)", "-c"),
            ("python3\u{1f}-c\u{1f}from multiprocessing.resource_tracker import main;main(4)", "resource_tracker"),
            ("python3", "pid 7"), ("", "pid 7"),
        ])
    func aProcessIsCalledByItsProgram(words: String, name: String) {
        #expect(ProcessName.of(["words": words], id: 7) == name)
    }

    @Test func aFileKeepsThem() throws {
        let logs = try program()
        try logs.number(3)
        var profile = try logs.read()
        // A ledger in which nothing was late or lost is written without reasons.
        profile.ledger = profile.ledger?.withoutReasons
        #expect(try ProfileFormat.read(PprofWriter.write(profile), path: "x.pb.gz") == profile)
    }

    @Test func aFileThatTellsOfProcessesThatCannotBeIsRefused() throws {
        let logs = try program()
        try logs.number(3)
        var profile = try logs.read()
        profile.processes[1].start = -1
        let negative = try PprofWriter.write(profile)
        #expect(throws: FormatError.self) { try ProfileFormat.read(negative, path: "x.pb.gz") }
        profile = try logs.read()
        profile.threads[1].process = 9
        let missing = try PprofWriter.write(profile)
        #expect(throws: FormatError.self) { try ProfileFormat.read(missing, path: "x.pb.gz") }
    }
}
