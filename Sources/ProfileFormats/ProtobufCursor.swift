/// Walks the fields of one protobuf message.
struct ProtobufCursor {
    struct Entry {
        var field: UInt64
        /// Where its bytes lie; `nil` for numbers.
        var payload: Range<Int>?
        /// 0 where there are bytes.
        var number: UInt64
    }

    private let bytes: [UInt8]
    private let end: Int
    private(set) var at: Int

    /// - Parameter range: where the message lies in `bytes`; everywhere, where it is `nil`.
    init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        (at, end) = (range?.lowerBound ?? 0, range?.upperBound ?? bytes.count)
    }

    var isAtEnd: Bool { at >= end }

    /// Steps over one field.
    mutating func next() throws(FormatError) -> Entry {
        let start = at
        let tag = try varint()
        let field = tag >> 3
        guard field > 0 else { throw .damaged("no field has the number 0, at byte \(start)") }
        switch tag & 7 {
        case 0: return Entry(field: field, payload: nil, number: try varint())
        case 1: return Entry(field: field, payload: nil, number: little(try skip(8)))
        case 2: return Entry(field: field, payload: try skip(try varint()), number: 0)
        case 5: return Entry(field: field, payload: nil, number: little(try skip(4)))
        default: throw .damaged("byte \(start) begins no field")
        }
    }

    /// The numbers of a repeated field, which may come one by one or together.
    static func numbers(_ entry: Entry, of bytes: [UInt8], into all: inout [UInt64]) throws(FormatError) {
        guard let payload = entry.payload else { return all.append(entry.number) }
        var inside = ProtobufCursor(bytes, in: payload)
        while !inside.isAtEnd { all.append(try inside.varint()) }
    }

    private func little(_ range: Range<Int>) -> UInt64 {
        bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func skip(_ count: UInt64) throws(FormatError) -> Range<Int> {
        guard count <= UInt64(end - at) else {
            throw .damaged("cut short: \(count) bytes should follow byte \(at), but only \(end - at) do")
        }
        let start = at
        at += Int(count)
        return start..<at
    }

    private mutating func varint() throws(FormatError) -> UInt64 {
        let start = at
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard at < end else { throw .damaged("cut short at byte \(at)") }
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .damaged("the number at byte \(start) has more than 64 bits")
    }
}
