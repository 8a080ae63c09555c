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
        let hash = code.hash()
        return hashes[Int(truncatingIfNeeded: hash >> (64 &- Self.bits))] == hash
    }

    public func insert(_ code: SampledFrame.Code) {
        let hash = code.hash()
        machine_store_release(hashes + Int(truncatingIfNeeded: hash >> (64 &- Self.bits)), hash)
    }

    /// For the next session, whose log has no names yet.
    public func removeAll() { hashes.update(repeating: 0, count: 1 << Self.bits) }
}
