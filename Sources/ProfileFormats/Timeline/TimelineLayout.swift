import CZlib

/// The layout of a timeline's file, which its writer and its reader share.
///
/// A file is a header of 16 bytes (`magic`, then the version) and blocks, all little-endian:
///
///     kind    UInt32
///     thread  UInt32   of stretches: its place in the list of threads
///     events  UInt32   of stretches: how many there are
///     size    UInt32   bytes of the payload
///     packed  UInt32   bytes of the payload as it stands here, deflated by zlib
///     sum     UInt32   CRC-32 of the five numbers and of the packed payload
///     the packed payload
///
/// The first block is the head, the second the symbols, the last the end. Numbers in payloads are as `PackedNumber` has
/// them, texts have their length in front. Payloads:
///
/// - `head`: what is known of the run, as a pprof file without samples.
/// - `symbols`: how many functions there are; each with 1 for Python or 0 for C, its line, its name, its qualified name
///   and, of Python, its file. How many locations; each with its function and line. How many stacks, the empty one
///   included; each but that with its parent and the location on its top.
/// - `stretches`: when the first begins, in nanoseconds since the run began; then each one's length and stack. They follow on those of
///   the thread's last block.
/// - `end`: how many stretches there are in all.
enum TimelineLayout {
    static let magic: UInt64 = 0x4c54_464f_5250_5753  // "SWPROFTL"
    static let version: UInt64 = 1
    static let headerSize = 16
    static let blockHeaderSize = 24
    /// Stretches of one block, at most.
    static let mostEvents = 1 << 16
    /// No payload is larger; a larger size is damage.
    static let largestPayload = 1 << 28

    enum Kind: UInt32 { case head = 1, symbols, stretches, end }

    /// What stands in front of a payload.
    struct BlockHeader {
        var kind: UInt32
        var thread: UInt32 = 0
        var events: UInt32 = 0
        var size: UInt32
        var packed: UInt32

        var numbers: [UInt32] { [kind, thread, events, size, packed] }
    }

    static func sum(_ header: BlockHeader, _ packed: UnsafeRawBufferPointer) -> UInt32 {
        let head = header.numbers.flatMap { littleEndian($0) }
        var sum = crc32(0, head, UInt32(head.count))
        sum = crc32(sum, packed.bindMemory(to: UInt8.self).baseAddress, UInt32(packed.count))
        return UInt32(truncatingIfNeeded: sum)
    }

    static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
