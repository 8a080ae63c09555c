import CMachine

/// Where in a frame the callee of a call lies, as a signal's handler can ask.
///
/// A table of hashes. The sampler's thread writes, handlers read; of two calls that share a place the later one is known.
public struct CallSites: @unchecked Sendable {
    // Raw memory that lives as long as the process; each word is written at once: 48 bits of a hash, and 16 of the place.
    private let words: UnsafeMutablePointer<UInt64>
    private static let bits: UInt64 = 15
    private static let placeMask: UInt64 = 0xffff

    public init() {
        words = .allocate(capacity: 1 << Self.bits)
        words.initialize(repeating: 0, count: 1 << Self.bits)
    }

    /// Which word of the frame's variables and stack the callee is; `nil` where the instruction is no call that is known.
    @_noLocks @inline(__always)
    public func place(of frame: SampledFrame) -> Int? {
        let hash = Self.hash(frame)
        let word = words[Int(truncatingIfNeeded: hash >> (64 &- Self.bits))]
        guard word != 0, (word ^ hash) & ~Self.placeMask == 0 else { return nil }
        return Int(word & Self.placeMask) &- 1
    }

    /// - Parameter place: more than 65,534 are not kept.
    public func insert(_ frame: SampledFrame, place: Int) {
        guard place >= 0, place < Self.placeMask else { return }
        let hash = Self.hash(frame)
        let word = hash & ~Self.placeMask | UInt64(place + 1)
        machine_store_release(words + Int(truncatingIfNeeded: hash >> (64 &- Self.bits)), word)
    }

    /// For the next session: another function may lie where one of the last lay.
    public func removeAll() { words.update(repeating: 0, count: 1 << Self.bits) }

    @_noLocks @inline(__always)
    private static func hash(_ frame: SampledFrame) -> UInt64 {
        SampledFrame.Code.spread(frame.code.hash() ^ UInt64(UInt32(bitPattern: frame.instruction)))
    }
}
