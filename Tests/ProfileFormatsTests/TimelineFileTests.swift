import Capture
import Glibc
import ProfileModel
import Testing

@testable import ProfileFormats

private func temporaryPath(_ ending: String = ".swtl") -> String {
    "/tmp/swprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max))\(ending)"
}

/// Two threads, a C function, a line and a name of two bytes a letter.
private func planted(_ stretches: Int = 500) -> Timeline {
    var run = Profile(design: "lines", kind: .tracing)
    run.python = "3.11.2"
    run.program = ["p.py", "ü"]
    run.seconds = 1.5
    run.caveats = [Caveat(code: "c", text: "t")]
    var symbols = SymbolInterning()
    let main = symbols.intern(Function(name: "main", qualname: "Ü.main", file: "p.py", line: 3), line: 4)
    let len = symbols.intern(Function(name: "len", qualname: "len", file: nil, line: 0), line: 0)
    let outer = run.stacks.push(main, onto: .empty)
    let inner = run.stacks.push(len, onto: outer)
    (run.functions, run.locations) = (symbols.functions, symbols.locations)
    var timeline = Timeline(run: run)
    for number in 0..<2 {
        var thread = Timeline.Thread()
        for at in 0..<Int64(stretches) {
            let stack = at.isMultiple(of: 2) ? outer : inner
            let begin = number == 0 ? 10 * at : 7 + 300 * at
            thread.append(Int32(stack.index), from: begin, to: begin + (number == 0 ? 10 : 300))
        }
        timeline.run.threads.append(ThreadLife(id: Int64(number), name: "t\(number)", nanoseconds: thread.life))
        timeline.threads.append(thread)
    }
    return timeline
}

private func file(_ timeline: Timeline) throws -> [UInt8] {
    let path = temporaryPath()
    defer { unlink(path) }
    try TimelineFile.write(timeline, to: path)
    return try FileBytes.read(path)
}

@Suite struct TimelineFileTests {
    @Test func whatIsWrittenIsReadAgain() throws {
        #expect(try TimelineFile.read(file(planted())) == planted())
    }

    /// Stretches of more than one block.
    @Test func aLongTimelineTakesAFewBytesAStretch() throws {
        let long = planted(200_000)
        let bytes = try file(long)
        #expect(try TimelineFile.read(bytes) == long)
        #expect(bytes.count < 400_000)
    }

    @Test func aCutFileGivesItsWholeBlocksAndSaysSo() throws {
        let whole = planted(100_000)
        let bytes = try file(whole)
        var read = 0
        for part in [0.3, 0.6, 0.9, 0.999] {
            let cut = try? TimelineFile.read(Array(bytes.prefix(Int(part * Double(bytes.count)))))
            guard let cut else { continue }
            read += 1
            #expect(cut.run.caveats.contains { $0.code == "damaged-timeline" })
            for (thread, original) in zip(cut.threads, whole.threads) {
                #expect(thread.begins == Array(original.begins.prefix(thread.count)))
            }
        }
        #expect(read >= 2)
    }

    @Test func otherFilesAreRefusedInOneLine() throws {
        for text in ["", "{", "print('hello')", "{\"within\": [1, 2]}", "SWPROFTL"] {
            let error = #expect(throws: FormatError.self) { try TimelineFile.read(Array(text.utf8)) }
            #expect(error.map { !$0.description.contains("\n") } == true, "\(text)")
        }
        var newer = try file(planted(2))
        newer[8] = 9
        #expect(throws: FormatError.self) { try TimelineFile.read(newer) }
        // And as a profile.
        let bytes = try file(planted(2))
        let error = #expect(throws: FormatError.self) { try ProfileFormat.read(bytes, path: "x") }
        #expect(error?.description.contains("swprof simulate") == true)
    }

    @Test func damageNeverBreaksTheReader() throws {
        let bytes = try file(planted(300))
        var random = RandomSource(seed: 5)
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0...(random.next() % 3) {
                damaged[Int(random.next() % UInt64(damaged.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            if random.next() % 2 == 0 { damaged.removeLast(Int(random.next() % UInt64(damaged.count))) }
            guard let read = try? TimelineFile.read(damaged) else { continue }
            for thread in read.threads {
                #expect(thread.stacks.allSatisfy { Int($0) < read.run.stacks.count })
                #expect(zip(thread.begins, thread.begins.dropFirst()).allSatisfy { $0 <= $1 })
            }
        }
    }

    @Test func oneThatDoesNotFitIntoMemoryIsRefused() throws {
        let bytes = try file(planted(300))
        let error = bytes.withUnsafeBytes { bytes in
            #expect(throws: FormatError.self) { try TimelineFile.read(bytes, room: 599) }
        }
        #expect(error?.description.contains("memory") == true)
    }

    @Test func aWorkloadsOwnTimelineHasMainAroundItsSegments() throws {
        let text = #"{"within": [100, 1100], "segments": [["f", 200, 500], ["g", 500, 600]]}"#
        let timeline = try TimelineFile.read(Array(text.utf8))
        #expect(timeline.span == 0..<1000)
        #expect(timeline.stackTimes.sorted() == [0, 100, 300, 600])
        #expect(timeline.run.functions.map(\.name) == ["main", "f", "g"])
    }
}

@Suite struct CapturedTimelineTests {
    private let facts = [
        "design": "evalframe", "kind": "tracing", "clock": "wall", "python": "3.11.2", "start": "1000", "process": "7",
    ]

    private func code(_ id: UInt32, _ name: String) -> LogRecord {
        .code(CodeRecord(id: id, language: .python, firstLine: 1, name: name, qualname: name, file: "p.py"))
    }

    private func events(_ begin: UInt64, _ lengths: [(ticks: UInt64, node: UInt64)], thread: UInt32 = 0) -> LogRecord {
        let packed = [UInt8](unsafeUninitializedCapacity: 20 * lengths.count) { bytes, size in
            for event in lengths {
                PackedNumber.put(event.ticks, into: bytes, at: &size)
                PackedNumber.put(event.node, into: bytes, at: &size)
            }
        }
        return .callEvents(
            CallEventsRecord(
                thread: thread, begin: begin, end: begin + lengths.reduce(0) { $0 + $1.ticks },
                count: UInt32(lengths.count), packed: packed))
    }

    private func timeline(_ records: [LogRecord]) throws -> Timeline {
        let (log, output) = (temporaryPath(".swlog"), temporaryPath())
        defer {
            unlink(log)
            unlink(output)
        }
        let writer = try #require(LogWriter(path: log))
        for (key, value) in facts { writer.append(.fact(key: key, value: value)) }
        for record in records { writer.append(record) }
        writer.close()
        try CapturedTimeline(log).write(to: output)
        return try TimelineFile.read(output)
    }

    private var nodes: [LogRecord] {
        [
            code(0, "main"), code(1, "f"), .callNode(CallNodeRecord(thread: 0, id: 1, parent: 0, code: 0)),
            .callNode(CallNodeRecord(thread: 0, id: 2, parent: 1, code: 1)),
        ]
    }

    /// One tick of the clock is two nanoseconds; 500 ticks are at the start.
    private let clocks: [LogRecord] = [
        .clock(ClockPair(ticks: 500, nanoseconds: 1000)), .clock(ClockPair(ticks: 10_500, nanoseconds: 21_000)),
    ]

    @Test func eventsBecomeStretches() throws {
        let found = try timeline(nodes + clocks + [events(500, [(10, 1), (20, 2), (30, 1)]), .end(2000)])
        #expect(found.threads[0].begins == [0, 20, 60] && found.threads[0].end == 120)
        #expect(found.threads[0].stacks == [1, 2, 1])
        #expect(found.run.threads.map(\.nanoseconds) == [120])
        #expect(found.run.functions.map(\.name) == ["main", "f"])
    }

    /// What lies between two records of a thread is the time that writing them took.
    @Test func theClockStandsStillWhileEventsAreWritten() throws {
        let found = try timeline(
            nodes + clocks + [events(500, [(10, 1), (20, 2)]), events(630, [(30, 1)]), .end(2000)])
        #expect(found.threads[0].begins == [0, 20, 60] && found.threads[0].end == 120)
    }

    @Test func aLogWithoutEventsIsRefused() {
        #expect(throws: FormatError.self) { try timeline(nodes + clocks) }
    }
}
