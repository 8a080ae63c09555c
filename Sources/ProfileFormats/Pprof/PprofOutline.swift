/// Where the entries of a pprof file lie, found before any of them is decoded.
///
/// A decoded entry is tens of times larger than its bytes, and a file may have millions of samples:
/// so they are counted first, and decoded one at a time.
struct PprofOutline {
    static let mostSamples = 1 << 25
    static let mostTexts = 1 << 24
    static let mostOtherBytes = 1 << 26
    static let largestSample = 1 << 20

    /// The bytes of each sample, and of each entry of the string table.
    private(set) var samples: [Range<Int>] = []
    private(set) var texts: [Range<Int>] = []
    /// Everything else, as a message of its own.
    private(set) var rest: [UInt8] = []

    init(_ bytes: [UInt8]) throws(FormatError) {
        var cursor = ProtobufCursor(bytes)
        while !cursor.isAtEnd {
            let start = cursor.at
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (Pprof.Field.sample, let payload?): try add(sample: payload)
            case (Pprof.Field.text, let payload?): try add(text: payload)
            case (Pprof.Field.sample, nil), (Pprof.Field.text, nil):
                throw .damaged("a number stands where a text or a sample should, at byte \(start)")
            default: try add(other: bytes[start..<cursor.at])
            }
        }
    }

    /// Whether the first field is one that a pprof file may begin with; a sample type is two numbers.
    static func begins(_ bytes: [UInt8]) -> Bool {
        var cursor = ProtobufCursor(bytes)
        guard let entry = try? cursor.next(), 1...15 ~= entry.field else { return false }
        guard let payload = entry.payload else { return [7, 8, 9, 10, 12, 13, 14, 15].contains(entry.field) }
        guard entry.field == 1 else { return [2, 3, 4, 5, 6, 11, 13].contains(entry.field) }
        var inside = ProtobufCursor(bytes, in: payload)
        for _ in 0..<2 {
            if inside.isAtEnd { break }
            guard let number = try? inside.next(), number.payload == nil, 1...2 ~= number.field else { return false }
        }
        return inside.isAtEnd
    }

    private mutating func add(sample: Range<Int>) throws(FormatError) {
        guard samples.count < Self.mostSamples else { throw .tooLarge("more than \(Self.mostSamples) samples") }
        guard sample.count <= Self.largestSample else {
            throw .tooLarge("the sample at byte \(sample.lowerBound) has more than \(Self.largestSample) bytes")
        }
        samples.append(sample)
    }

    private mutating func add(text: Range<Int>) throws(FormatError) {
        guard texts.count < Self.mostTexts else { throw .tooLarge("more than \(Self.mostTexts) texts") }
        texts.append(text)
    }

    private mutating func add(other: ArraySlice<UInt8>) throws(FormatError) {
        guard rest.count + other.count <= Self.mostOtherBytes else {
            throw .tooLarge("more than \(Self.mostOtherBytes) bytes of functions and locations")
        }
        rest += other
    }
}
