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
    /// Throws where the bytes are no capture log, or one of a version that is not known.
    public init(_ bytes: [UInt8]) throws(Failure) {
        guard bytes.count >= LogLayout.headerSize, Self.word(bytes, at: 0) == LogLayout.magic else { throw .notALog }
        let version = Self.word(bytes, at: 8)
        guard LogLayout.oldestVersion...LogLayout.version ~= version else { throw .unknownVersion(version) }
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
        var cursor = LogCursor()
        let at = cursor.read(log, from: 0, body)
        if at >= log.count { return .whole }
        guard log.count - at >= LogLayout.recordHeaderSize else {
            return log[at...].allSatisfy { $0 == 0 } ? .whole : .damaged(at: at)
        }
        let head = log.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        return head == 0 ? ending(at: at, of: log) : .damaged(at: at)
    }

    /// A record without its kind is the end, or the one that was being written when the program died.
    private static func ending(at: Int, of log: UnsafeRawBufferPointer) -> Ending {
        let behind = at + LogLayout.recordHeaderSize + LogLayout.largestPayload
        guard behind < log.count else { return .whole }
        return log[behind...].allSatisfy { $0 == 0 } ? .whole : .damaged(at: at)
    }

    private static func word(_ bytes: [UInt8], at: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
    }
}
