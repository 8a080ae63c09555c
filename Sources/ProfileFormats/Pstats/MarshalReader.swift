/// What CPython's `marshal` can write of the types that pstats files hold; what else a code object holds is none.
indirect enum MarshalValue {
    case none
    case code(MarshalCode)
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case tuple([MarshalValue])
    case dictionary([(key: MarshalValue, value: MarshalValue)])

    /// Integers too, as Python has it.
    var asNumber: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    var asInteger: Int64? { if case .integer(let value) = self { value } else { nil } }
    var asText: String? { if case .text(let value) = self { value } else { nil } }
    var asCode: MarshalCode? { if case .code(let value) = self { value } else { nil } }
    var asTuple: [MarshalValue]? { if case .tuple(let value) = self { value } else { nil } }
}

/// Reads `marshal` data, versions 0 to 5 (CPython, `Python/marshal.c`). A code object is data, too, and what pstats files do not have
/// is refused.
struct MarshalReader {
    /// pstats files nest three deep, and code two for each function in a function.
    private static let deepest = 64

    let bytes: [UInt8]
    var at = 0
    /// How many numbers a code object begins with, known from the first.
    var codeNumbers: Int?
    /// Values that later ones may refer to; `nil` while one is being read, so that none can hold itself.
    private var references: [MarshalValue?] = []
    /// Of Python 2: texts that later ones may refer to.
    private var interned: [String] = []

    static func read(_ bytes: [UInt8]) throws(FormatError) -> MarshalValue {
        var reader = MarshalReader(bytes)
        let value = try reader.value(depth: 0)
        guard reader.at == bytes.count else { throw .damaged("something follows its end, at byte \(reader.at)") }
        return value
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func value(depth: Int) throws(FormatError) -> MarshalValue {
        guard depth <= Self.deepest else { throw .damaged("it is nested too deep, at byte \(at)") }
        let tag = try byte()
        guard tag & 0x80 != 0 else { return try value(tag, depth) }
        let place = references.count
        references.append(nil)
        let read = try value(tag & 0x7F, depth)
        references[place] = read
        return read
    }

    private mutating func value(_ tag: UInt8, _ depth: Int) throws(FormatError) -> MarshalValue {
        switch Character(Unicode.Scalar(tag)) {
        case "N": return .none
        case "F": return .flag(false)
        case "T": return .flag(true)
        case "i": return .integer(Int64(Int32(truncatingIfNeeded: try little(4))))
        case "I": return .integer(Int64(bitPattern: try little(8)))
        case "l": return try long()
        case "g": return .number(Double(bitPattern: try little(8)))
        case "f": return try printedNumber()
        case "z", "Z": return .text(try text(Int(try byte())))
        case "a", "A", "u", "s": return .text(try text(Int(try little(4))))
        case "t": return .text(try internedText())
        case "R": return .text(try earlierText())
        case ")": return try tuple(Int(try byte()), depth)
        case "(": return try tuple(Int(try little(4)), depth)
        case "{": return try dictionary(depth)
        case "r": return try reference()
        case "c": return .code(try code(depth))
        case "x", "y", "[", "<", ">", ":", ".", "S": return try constant(tag, depth)
        default: throw .damaged("byte \(at - 1) begins nothing that a pstats file has")
        }
    }

    private mutating func internedText() throws(FormatError) -> String {
        let text = try text(Int(try little(4)))
        interned.append(text)
        return text
    }

    private mutating func earlierText() throws(FormatError) -> String {
        let place = Int(try little(4))
        guard interned.indices.contains(place) else {
            throw .damaged("byte \(at - 4) refers to a text that is not there")
        }
        return interned[place]
    }

    private mutating func tuple(_ count: Int, _ depth: Int) throws(FormatError) -> MarshalValue {
        // Every element takes a byte at least.
        guard count <= bytes.count - at else { throw cutShort }
        var elements: [MarshalValue] = []
        for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
        return .tuple(elements)
    }

    private mutating func dictionary(_ depth: Int) throws(FormatError) -> MarshalValue {
        var entries: [(key: MarshalValue, value: MarshalValue)] = []
        while true {
            guard at < bytes.count else { throw cutShort }
            if bytes[at] == UInt8(ascii: "0") {
                at += 1
                return .dictionary(entries)
            }
            let key = try value(depth: depth + 1)
            entries.append((key, try value(depth: depth + 1)))
        }
    }

    private mutating func reference() throws(FormatError) -> MarshalValue {
        let place = Int(try little(4))
        guard references.indices.contains(place), let value = references[place] else {
            throw .damaged("byte \(at - 4) refers to a value that is not there, or to itself")
        }
        return value
    }

    /// Digits of 15 bits.
    private mutating func long() throws(FormatError) -> MarshalValue {
        let size = Int(Int32(truncatingIfNeeded: try little(4)))
        var magnitude: Int64 = 0
        // Code may have constants that no count is.
        guard abs(size) <= 4 else {
            try skip(2 * abs(size))
            return .none
        }
        for digit in 0..<abs(size) { magnitude += Int64(try little(2) & 0x7FFF) << (15 * Int64(digit)) }
        return .integer(size < 0 ? -magnitude : magnitude)
    }

    private mutating func printedNumber() throws(FormatError) -> MarshalValue {
        guard let number = Double(try text(Int(try byte()))) else { throw .damaged("byte \(at) ends no number") }
        return .number(number)
    }

    private mutating func text(_ count: Int) throws(FormatError) -> String {
        guard count <= bytes.count - at else { throw cutShort }
        defer { at += count }
        return String(escapingInvalid: bytes[at..<at + count])
    }

    mutating func byte() throws(FormatError) -> UInt8 {
        guard at < bytes.count else { throw cutShort }
        defer { at += 1 }
        return bytes[at]
    }

    mutating func little(_ count: Int) throws(FormatError) -> UInt64 {
        guard count <= bytes.count - at else { throw cutShort }
        defer { at += count }
        return bytes[at..<at + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func skip(_ count: Int) throws(FormatError) {
        guard count <= bytes.count - at else { throw cutShort }
        at += count
    }

    private var cutShort: FormatError { .damaged("cut short at byte \(at) of \(bytes.count)") }
}
