/// The capture log's layout, which its writer and its reader share.
///
/// A log is a header of 16 bytes (`magic`, then the version) and records, all little-endian:
///
///     kind  UInt32   written last: a record without its kind is not there yet
///     size  UInt32   bytes of payload
///     sum   UInt64   FNV-1a of kind, size and payload; of a place for counts, of the payload's first 24 bytes
///     payload, padded with zeros to a multiple of 8
///
/// The file grows in steps and is zero behind the last record.
enum LogLayout {
    static let magic: UInt64 = 0x0046_4f52_5057_53  // "SWPROF"
    static let version: UInt64 = 6
    /// The first one that is still read: it does not say who held the interpreter's lock, and all else as this one does.
    static let oldestVersion: UInt64 = 5
    static let headerSize = 16
    static let recordHeaderSize = 16
    /// No record is larger; a larger size is damage.
    static let largestPayload = 16 << 20

    static func padded(_ size: Int) -> Int { (size + 7) & ~7 }

    /// FNV-1a over 8-byte words (Fowler, Noll, Vo), the last word padded with zeros.
    static func sum(kind: UInt32, payload: UnsafeRawBufferPointer) -> UInt64 {
        let prime: UInt64 = 0x100_0000_01b3
        var hash =
            (0xcbf2_9ce4_8422_2325 ^ (UInt64(kind) << 32 | UInt64(UInt32(truncatingIfNeeded: payload.count)))) &* prime
        var at = 0
        while at < payload.count {
            var word: UInt64 = 0
            let length = min(8, payload.count - at)
            withUnsafeMutableBytes(of: &word) {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: payload[at..<at + length]))
            }
            hash = (hash ^ word) &* prime
            // Multiplication carries upwards only; fold the high half back so that every bit counts.
            hash ^= hash >> 29
            at += 8
        }
        return hash
    }
}

/// What a record of the capture log can be.
public enum LogRecordKind: UInt32, Sendable {
    case fact = 1, code, stack, tick, thread, callNode, callCounts, clock, note, end, answer, account
    /// Its payload is of `CountsPlace`.
    case countsPlace
    case callEvents
    case task
}
