/// Goes through the records of a capture log, which may still be growing: what is not there yet is read the next time.
public struct LogCursor: Sendable {
    /// Where the next record begins, in bytes from the log's beginning.
    public private(set) var position = LogLayout.headerSize
    private var standing = StandingThreads()
    private var samples = 0

    /// A log of a few megabytes can be made to tell of more samples than there is memory for.
    private static let mostSamples = 1 << 27

    /// The bytes that a window must have for any record.
    public static let largestRecord = LogLayout.recordHeaderSize + LogLayout.largestPayload

    public init() {}

    /// Calls `body` with each whole record from `position` on, up to the first that is not whole or not there.
    ///
    /// - Parameters:
    ///   - window: a part of the log in which `position` lies.
    ///   - start: where that begins in the log.
    /// - Returns: the new position.
    @discardableResult
    public mutating func read(_ window: UnsafeRawBufferPointer, from start: Int, _ body: (LogRecord) -> Void) -> Int {
        while window.count - (position - start) >= LogLayout.recordHeaderSize {
            let at = position - start
            let head = UInt64(littleEndian: window.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            guard head != 0, let (read, size) = Self.record(head: head, at: at, of: window) else { break }
            guard let record = whole(read) else { break }
            body(record)
            position += size
        }
        return position
    }

    /// With the threads that a tick has left out; `nil` where a log tells of more than can be.
    private mutating func whole(_ record: LogRecord) -> LogRecord? {
        guard case .tick(var tick) = record else { return record }
        standing.putBack(into: &tick)
        samples += tick.threads.count
        return samples <= Self.mostSamples ? .tick(tick) : nil
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
}
