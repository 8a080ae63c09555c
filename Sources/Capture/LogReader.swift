/// Reads a capture log back, every whole record up to the first damage.
public struct LogReader: Sendable {
    /// Why reading ended.
    public enum Ending: Sendable, Equatable {
        /// Behind the last record.
        case whole
        /// At this byte there is something that is no record.
        case damaged(at: Int)
    }

    public enum Failure: Error, Sendable, Equatable {
        case notALog
        case unknownVersion(UInt64)
    }

    private let bytes: [UInt8]
    /// A log of a few megabytes can be made to tell of more samples than there is memory for.
    private static let mostSamples = 1 << 27

    /// Throws where the bytes are no capture log, or one of a version that is not known.
    public init(_ bytes: [UInt8]) throws(Failure) {
        guard bytes.count >= LogLayout.headerSize, Self.word(bytes, at: 0) == LogLayout.magic else { throw .notALog }
        guard Self.word(bytes, at: 8) == LogLayout.version else { throw .unknownVersion(Self.word(bytes, at: 8)) }
        self.bytes = bytes
    }

    /// Calls `body` with each record in the order of writing.
    public func forEach(_ body: (LogRecord) -> Void) -> Ending {
        bytes.withUnsafeBytes { Self.forEachRecord(of: $0, body) }
    }

    /// The same of a log that is not held in memory, such as a mapped file.
    public static func forEach(in log: UnsafeRawBufferPointer, _ body: (LogRecord) -> Void) throws(Failure) -> Ending {
        guard log.count >= LogLayout.headerSize else { throw .notALog }
        _ = try LogReader(Array(log.prefix(LogLayout.headerSize)))
        return forEachRecord(of: log, body)
    }

    private static func forEachRecord(of log: UnsafeRawBufferPointer, _ body: (LogRecord) -> Void) -> Ending {
        var at = LogLayout.headerSize
        var standing = StandingThreads()
        var samples = 0
        while at < log.count {
            guard log.count - at >= LogLayout.recordHeaderSize else {
                return log[at...].allSatisfy { $0 == 0 } ? .whole : .damaged(at: at)
            }
            let head = UInt64(littleEndian: log.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            if head == 0 { return ending(at: at, of: log) }
            guard let (read, size) = record(head: head, at: at, of: log) else { return .damaged(at: at) }
            var record = read
            if case .tick(var tick) = read {
                standing.putBack(into: &tick)
                samples += tick.threads.count
                guard samples <= mostSamples else { return .damaged(at: at) }
                record = .tick(tick)
            }
            body(record)
            at += size
        }
        return .whole
    }

    /// A record without its kind is the end, or the one that was being written when the program died.
    private static func ending(at: Int, of log: UnsafeRawBufferPointer) -> Ending {
        let behind = at + LogLayout.recordHeaderSize + LogLayout.largestPayload
        guard behind < log.count else { return .whole }
        return log[behind...].allSatisfy { $0 == 0 } ? .whole : .damaged(at: at)
    }

    private static func record(head: UInt64, at: Int, of log: UnsafeRawBufferPointer) -> (LogRecord, size: Int)? {
        let size = Int(head >> 32)
        let start = at + LogLayout.recordHeaderSize
        guard let kind = LogRecordKind(rawValue: UInt32(truncatingIfNeeded: head)), size <= LogLayout.largestPayload,
            size <= log.count - start
        else { return nil }
        let payload = UnsafeRawBufferPointer(rebasing: log[start..<start + size])
        let sum = UInt64(littleEndian: log.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
        let summed =
            kind == .countsPlace ? UnsafeRawBufferPointer(rebasing: payload.prefix(CountsPlace.headSize)) : payload
        guard sum == LogLayout.sum(kind: kind.rawValue, payload: summed) else { return nil }
        if kind == .countsPlace {
            return CountsPlace.read(payload).map { ($0, LogLayout.recordHeaderSize + LogLayout.padded(size)) }
        }
        var decoder = RecordDecoder(payload)
        guard let record = try? LogRecord(kind, from: &decoder) else { return nil }
        return (record, LogLayout.recordHeaderSize + LogLayout.padded(size))
    }

    private static func word(_ bytes: [UInt8], at: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
    }
}
