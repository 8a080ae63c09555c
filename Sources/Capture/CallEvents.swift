import Glibc

/// One thread's events on their way into the log: until when which node was on top.
///
/// They are kept as they come, and written where there is no room for more. What that takes is no part of the program: the
/// next event's time counts from behind it, and the log's reader sees the gap.
public struct CallEvents {
    public typealias Reference = UnsafeMutablePointer<CallEvents>

    /// Pairs of an instant and a node.
    @usableFromInline let words: UnsafeMutablePointer<UInt64>
    @usableFromInline var count = 0
    /// So many are kept at most. The writing thread makes it 0 where what there is has to be written soon.
    @usableFromInline var limit = Self.capacity
    /// When the first of those that are kept began.
    @usableFromInline var begin: UInt64 = 0
    private let log: LogWriter
    private let source: TickSource
    private let thread: UInt32

    private static let capacity = 4096

    public static func make(log: LogWriter, source: TickSource, thread: UInt32) -> Reference {
        let events = Reference.allocate(capacity: 1)
        events.initialize(to: CallEvents(log: log, source: source, thread: thread))
        return events
    }

    private init(log: LogWriter, source: TickSource, thread: UInt32) {
        (self.log, self.source, self.thread) = (log, source, thread)
        words = .allocate(capacity: 2 * Self.capacity)
    }

    /// Takes down that a node was on top.
    ///
    /// - Returns: from when on the next one's time counts.
    @inlinable @inline(__always)
    mutating func append(_ node: UInt32, from start: UInt64, to now: UInt64) -> UInt64 {
        if count == 0 { begin = start }
        words[2 * count] = now
        words[2 * count + 1] = UInt64(node)
        count += 1
        return count >= limit ? makeRoom() : now
    }

    @inline(never) @usableFromInline
    mutating func makeRoom() -> UInt64 {
        write()
        return source.read()
    }

    /// The next event then writes all that is kept.
    public mutating func hurry() { limit = 0 }

    /// Writes all that is kept. Called by the thread itself, or where it has no event any more.
    public mutating func write() {
        limit = Self.capacity
        guard count > 0 else { return }
        log.append(
            .callEvents(
                CallEventsRecord(
                    thread: thread, begin: begin, end: words[2 * count - 2], count: UInt32(count), packed: packed())))
        count = 0
    }

    private func packed() -> [UInt8] {
        var last = begin
        return [UInt8](unsafeUninitializedCapacity: count * 2 * PackedNumber.longest) { bytes, size in
            for at in 0..<count {
                PackedNumber.put(words[2 * at] &- last, into: bytes, at: &size)
                PackedNumber.put(words[2 * at + 1], into: bytes, at: &size)
                last = words[2 * at]
            }
        }
    }

    /// Gives the room back.
    public func deallocate() { words.deallocate() }
}
