/// Makes a file of another that is sound: bits, bytes, numbers, words and parts of it are changed, and its structure with them.
struct FuzzMutator {
    private let kind: String
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private var random: FuzzRandom

    /// Files grow by repetition, but no further than this.
    private static let largest = 1 << 16
    private static let extremes: [UInt64] = [
        0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 53, 0xDE0_B6B3_A764_0000,
        UInt64(Int64.max), 1 << 63, UInt64.max,
    ]
    private static let texts = [
        "0", "-1", "1", "1e999", "-1e999", "1e308", "1e-400", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551616", "1000000000000000001", "0.5", "NaN", "Infinity", "null", "true",
        "\"x\"", "\"\"", "[]", "{}", "[[]]", "4294967295", "2147483648", "1e18", "9007199254740993",
    ].map { Array($0.utf8) }

    init(_ kind: String, _ seeds: [[UInt8]], seed: UInt64) {
        (self.kind, self.seeds) = (kind, seeds)
        random = FuzzRandom(seed: seed)
        words = FuzzWords.all(of: seeds) + Self.texts
    }

    mutating func next() -> [UInt8] {
        var bytes = random.one(of: seeds)
        for _ in 0...random.below(1 << random.below(4)) {
            if FuzzMessage.kinds.contains(kind), random.below(2) == 0 {
                bytes = FuzzMessage.changed(bytes, &random, Self.extremes)
            } else if kind == "log", random.below(4) > 0 {
                bytes = FuzzLog.changed(bytes, &random, Self.extremes)
            } else {
                change(&bytes)
            }
            if bytes.count > Self.largest { bytes.removeLast(bytes.count - Self.largest) }
        }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        switch random.below(12) {
        case 0: bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        case 1: bytes[random.below(bytes.count)] = UInt8(random.below(256))
        case 2: bytes.removeLast(random.below(bytes.count))
        case 3: bytes.removeSubrange(random.range(in: bytes.count, longest: 64))
        case 4: repeatPart(of: &bytes)
        case 5, 6, 7: replaceNumber(in: &bytes)
        case 8: bytes.insert(contentsOf: random.one(of: words), at: random.below(bytes.count))
        case 9: replaceWord(in: &bytes)
        case 10: storeExtreme(in: &bytes)
        default: splice(&bytes)
        }
    }

    private mutating func repeatPart(of bytes: inout [UInt8]) {
        let part = Array(bytes[random.range(in: bytes.count, longest: 1 << random.below(10))])
        let times = 1 + random.below(random.below(8) == 0 ? 4_000 : 8)
        let room = max(1, (Self.largest - bytes.count) / part.count)
        bytes.insert(contentsOf: (0..<min(times, room)).flatMap { _ in part }, at: random.below(bytes.count))
    }

    /// Digits where some stand, else anywhere.
    private mutating func replaceNumber(in bytes: inout [UInt8]) {
        let start = random.below(bytes.count)
        guard let first = bytes[start...].firstIndex(where: Self.isDigit) else { return }
        let end = bytes[first...].firstIndex { !Self.isDigit($0) && $0 != UInt8(ascii: ".") } ?? bytes.count
        bytes.replaceSubrange(first..<end, with: random.one(of: Self.texts))
    }

    private mutating func replaceWord(in bytes: inout [UInt8]) {
        let start = random.below(bytes.count)
        guard let first = bytes[start...].firstIndex(where: FuzzWords.isOfWord) else { return }
        let end = bytes[first...].firstIndex { !FuzzWords.isOfWord($0) } ?? bytes.count
        bytes.replaceSubrange(first..<end, with: random.one(of: words))
    }

    /// A number of 1, 2, 4 or 8 bytes, little-endian.
    private mutating func storeExtreme(in bytes: inout [UInt8]) {
        let (value, at) = (random.one(of: Self.extremes), random.below(bytes.count))
        for byte in 0..<(1 << random.below(4)) where at + byte < bytes.count {
            bytes[at + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte)))
        }
    }

    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = random.one(of: seeds)
        guard !other.isEmpty else { return }
        let part = other[random.range(in: other.count, longest: other.count)]
        bytes.replaceSubrange(random.range(in: bytes.count, longest: bytes.count), with: part)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}

/// Words that the sound files of a format have: its own ones are among them.
enum FuzzWords {
    static func all(of files: [[UInt8]]) -> [[UInt8]] {
        var words: Set<[UInt8]> = []
        for file in files where words.count < 500 {
            for word in file.split(whereSeparator: { !isOfWord($0) }) where 2...24 ~= word.count {
                words.insert(Array(word))
            }
        }
        return words.sorted { $0.lexicographicallyPrecedes($1) }
    }

    static func isOfWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}
