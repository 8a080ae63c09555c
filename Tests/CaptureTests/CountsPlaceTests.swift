import Glibc
import Testing

@testable import Capture

@Suite struct CountsPlaceTests {
    private func counts(_ number: Int, _ round: UInt64) -> [CallCount] {
        (0..<number).map { CallCount(node: UInt32($0), calls: round + UInt64($0), selfTicks: round) }
    }

    /// What a reader makes of the counts of a log, by node.
    private func read(_ path: String) throws -> [UInt32: CallCount] {
        var read: [UInt32: CallCount] = [:]
        #expect(
            try LogReader(bytes(of: path)).forEach { record in
                if case .callCounts(7, let counts) = record { for count in counts { read[count.node] = count } }
            } == .whole)
        return read
    }

    private func withLog(_ body: (LogWriter, String) throws -> Void) throws {
        let path = temporaryPath()
        defer { unlink(path) }
        try body(try #require(LogWriter(path: path)), path)
    }

    @Test func countsAreWrittenAgainAndAgainInOnePlace() throws {
        try withLog { log, path in
            var writer = CallCountsWriter(log: log, thread: 7)
            for round in 1...50 { writer.write(counts(300, UInt64(round))) }
            let size = bytes(of: path).lastIndex { $0 != 0 } ?? 0
            for round in 51...5000 { writer.write(counts(300, UInt64(round))) }
            #expect(bytes(of: path).lastIndex { $0 != 0 } ?? 0 <= size + 16)
            let records = try read(path)
            #expect(records == Dictionary(uniqueKeysWithValues: counts(300, 5000).map { ($0.node, $0) }))
        }
    }

    @Test func placesGrowWithTheNodes() throws {
        try withLog { log, path in
            var writer = CallCountsWriter(log: log, thread: 7)
            for number in [1, 2, 64, 65, 700, 9000, 20_000] {
                writer.write(counts(number, 9), isLast: number == 20_000)
            }
            let records = try read(path)
            #expect(records == Dictionary(uniqueKeysWithValues: counts(20_000, 9).map { ($0.node, $0) }))
        }
    }

    @Test func ofACopyThatIsNotWholeTheOtherCounts() throws {
        try withLog { log, path in
            let place = log.makePlace(thread: 7, first: 0, capacity: 4)
            var written = try #require(place)
            written.write(counts(4, 1)[...])
            written.write(counts(4, 2)[...])
            var damaged = bytes(of: path)
            // The second was written into the first copy, whose counts begin behind header, record header, and 40 bytes.
            let at = LogLayout.headerSize + LogLayout.recordHeaderSize + CountsPlace.headSize + 16
            #expect(damaged[at] == 2)
            damaged[at] = 3
            var found: [LogRecord] = []
            #expect(try LogReader(damaged).forEach { found.append($0) } == .whole)
            #expect(found == [.callCounts(thread: 7, counts: counts(4, 1))])
        }
    }

    /// A session may end while its counts are being written.
    @Test func whatComesBehindTheLastIsAppended() throws {
        try withLog { log, path in
            var writer = CallCountsWriter(log: log, thread: 7)
            for round in 1...3 { writer.write(counts(300, UInt64(round))) }
            for round in 4...6 { writer.write(counts(300, UInt64(round)), isLast: true) }
            let records = try read(path)
            #expect(records == Dictionary(uniqueKeysWithValues: counts(300, 6).map { ($0.node, $0) }))
        }
    }

    @Test func aShortThreadHasNoPlace() throws {
        try withLog { log, path in
            var writer = CallCountsWriter(log: log, thread: 7)
            writer.write(counts(5, 3), isLast: true)
            #expect((bytes(of: path).lastIndex { $0 != 0 } ?? 0) < 250)
            let records = try read(path)
            #expect(records.count == 5)
        }
    }
}
