import Testing

@testable import ProfileFormats

/// Frames of one byte again and again, which say little and unpack to much.
@Suite struct ZstdCodecTests {
    private static let head: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x50]

    /// A block of `count` times the letter a.
    private static func block(_ count: Int, isLast: Bool) -> [UInt8] {
        let head = count << 3 | 1 << 1 | (isLast ? 1 : 0)
        return [UInt8(head & 0xFF), UInt8(head >> 8 & 0xFF), UInt8(head >> 16), UInt8(ascii: "a")]
    }

    @Test func whatIsUnpackedIsWhole() throws {
        let packed = Self.head + Self.block(100_000, isLast: false) + Self.block(7, isLast: true)
        #expect(try ZstdCodec.decompress(packed) == [UInt8](repeating: UInt8(ascii: "a"), count: 100_007))
        #expect(try ZstdCodec.decompress(packed + packed).count == 200_014)
    }

    @Test func noMoreIsUnpackedThanTheLimit() throws {
        let packed = Self.head + Self.block(100_000, isLast: true)
        #expect(try ZstdCodec.decompress(packed, limit: 100_000).count == 100_000)
        #expect(throws: FormatError.self) { try ZstdCodec.decompress(packed, limit: 99_999) }
    }

    @Test func everyCutIsSaid() throws {
        let packed = Self.head + Self.block(100, isLast: false) + Self.block(7, isLast: true)
        for length in 1..<packed.count {
            #expect(throws: FormatError.self, "\(length)") { try ZstdCodec.decompress(Array(packed[..<length])) }
        }
    }
}
