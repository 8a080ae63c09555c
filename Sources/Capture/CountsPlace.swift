import CMachine
import Glibc

/// A place in the log where the counts of some of a thread's call nodes stand, to be written again and again.
///
/// The record's payload is `thread`, the first `node` and how many there are, 8 bytes each, which its sum is of; then twice a
/// generation, a sum, and the counts, 16 bytes each. The two copies are written in turn, so that one of them is whole whenever a
/// program is killed.
public struct CountsPlace {
    public let first: Int
    public let capacity: Int
    private let copies: UnsafeMutableRawPointer
    private let map: UnsafeMutableRawPointer
    private let mapLength: Int
    private var generation: UInt64 = 0

    static let headSize = 24
    private static func copySize(_ capacity: Int) -> Int { 16 + 16 * capacity }
    static func payloadSize(_ capacity: Int) -> Int { headSize + 2 * copySize(capacity) }

    /// - Parameter payload: the record's, within a mapping of its own.
    init(first: Int, capacity: Int, payload: UnsafeMutableRawPointer, map: UnsafeMutableRawPointer, mapLength: Int) {
        (self.first, self.capacity, self.map, self.mapLength) = (first, capacity, map, mapLength)
        copies = payload + Self.headSize
    }

    /// Writes the counts of its nodes down, in the place of those before the last.
    mutating func write(_ counts: ArraySlice<CallCount>) {
        generation += 1
        let copy = copies + Int(generation & 1) * Self.copySize(capacity)
        let words = (copy + 16).bindMemory(to: UInt64.self, capacity: 2 * capacity)
        var at = 0
        for count in counts {
            words[at] = count.calls
            words[at + 1] = count.selfTicks
            at += 2
        }
        copy.storeBytes(
            of: Self.sum(UnsafeRawBufferPointer(start: copy + 16, count: 16 * capacity), generation), toByteOffset: 8,
            as: UInt64.self)
        machine_store_release(copy.assumingMemoryBound(to: UInt64.self), generation)
    }

    func unmap() { munmap(map, mapLength) }

    private static func sum(_ counts: UnsafeRawBufferPointer, _ generation: UInt64) -> UInt64 {
        LogLayout.sum(kind: LogRecordKind.countsPlace.rawValue, payload: counts) ^ generation
    }

    /// What stands in a place: the newer copy, or where that is not whole the other.
    static func read(_ payload: UnsafeRawBufferPointer) -> LogRecord? {
        guard payload.count >= headSize else { return nil }
        func word(_ at: Int) -> UInt64 {
            UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        }
        guard let thread = UInt32(exactly: word(0)), let first = UInt32(exactly: word(8)), word(16) < 1 << 20,
            payload.count == payloadSize(Int(word(16)))
        else { return nil }
        let capacity = Int(word(16))
        let whole = [headSize, headSize + copySize(capacity)].filter { at in
            word(at) != 0
                && word(at + 8)
                    == sum(UnsafeRawBufferPointer(rebasing: payload[at + 16..<at + copySize(capacity)]), word(at))
        }
        guard let newest = whole.max(by: { word($0) < word($1) }) else {
            return .callCounts(thread: thread, counts: [])
        }
        let counts = (0..<capacity).map {
            CallCount(
                node: first &+ UInt32($0), calls: word(newest + 16 + 16 * $0), selfTicks: word(newest + 24 + 16 * $0))
        }
        return .callCounts(thread: thread, counts: counts.filter { $0.calls > 0 || $0.selfTicks > 0 })
    }
}
