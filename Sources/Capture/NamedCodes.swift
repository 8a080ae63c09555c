import CMachine

/// Which code objects have their names in the log, as a signal's handler can ask: what has none yet it copies.
///
/// A table of hashes. The sampler's thread writes, handlers read; code that shares a place with other is copied again.
public struct NamedCodes: @unchecked Sendable {
    // Raw memory that lives as long as the process; each word is written at once.
    private let hashes: UnsafeMutablePointer<UInt64>
    private static let bits: UInt64 = 12

    public init() {
        hashes = .allocate(capacity: 1 << Self.bits)
        hashes.initialize(repeating: 0, count: 1 << Self.bits)
    }

    @_noLocks @inline(__always)
    public func holds(_ code: SampledFrame.Code) -> Bool {
        let hash = Self.hash(code)
        return hashes[Int(truncatingIfNeeded: hash >> (64 &- Self.bits))] == hash
    }

    public func insert(_ code: SampledFrame.Code) {
        let hash = Self.hash(code)
        machine_store_release(hashes + Int(truncatingIfNeeded: hash >> (64 &- Self.bits)), hash)
    }

    /// For the next session, whose log has no names yet.
    public func removeAll() { hashes.update(repeating: 0, count: 1 << Self.bits) }

    /// Multiplicative hashing (Knuth, TAOCP 3, 6.4).
    @_noLocks @inline(__always)
    private static func hash(_ code: SampledFrame.Code) -> UInt64 {
        let rest = code.nameHead ^ UInt64(code.nameLength) << 40 ^ UInt64(UInt32(bitPattern: code.firstLine))
        return (UInt64(code.address) ^ rest &* 0xff51_afd7_ed55_8ccd) &* 0x9e37_79b9_7f4a_7c15
    }
}
