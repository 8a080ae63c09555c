/// Walks a JSON text value by value (RFC 8259): what nobody asks for is skipped, and nothing is kept.
///
/// It never recurses, so a text may be nested as deep as it likes.
struct JSONCursor {
    enum Kind {
        case object, list, text, number, word, end
    }

    private let bytes: [UInt8]
    private(set) var at: Int
    /// Whether an object or a list was just entered, so that no comma comes first.
    private var isFirst = false

    init(_ bytes: [UInt8], at: Int = 0) { (self.bytes, self.at) = (bytes, at) }

    /// What stands next, white space skipped.
    mutating func kind() -> Kind {
        skipBlanks()
        guard at < bytes.count else { return .end }
        switch bytes[at] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .list
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: return .word
        }
    }

    /// Whether nothing but white space, and perhaps one comma before it, is left.
    var isAtEnd: Bool { bytes[at...].allSatisfy { $0 <= 0x20 || $0 == UInt8(ascii: ",") } }

    // MARK: Objects and lists

    mutating func beginObject() throws(FormatError) { try begin(.object, "an object") }
    mutating func beginList() throws(FormatError) { try begin(.list, "a list") }

    /// The next key of the object that was entered; `nil` at its end, which is stepped over.
    mutating func nextKey() throws(FormatError) -> String? {
        guard try goOn(until: UInt8(ascii: "}")) else { return nil }
        guard kind() == .text else { throw wrong("a key") }
        let key = try text()
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw wrong("a colon") }
        at += 1
        return key
    }

    /// Whether the list that was entered has a further element; its end is stepped over.
    mutating func nextElement() throws(FormatError) -> Bool { try goOn(until: UInt8(ascii: "]")) }

    private mutating func begin(_ kind: Kind, _ name: String) throws(FormatError) {
        guard self.kind() == kind else { throw wrong(name) }
        at += 1
        isFirst = true
    }

    private mutating func goOn(until end: UInt8) throws(FormatError) -> Bool {
        skipBlanks()
        guard at < bytes.count else { throw cutShort }
        if bytes[at] == end {
            at += 1
            isFirst = false
            return false
        }
        if !isFirst {
            guard bytes[at] == UInt8(ascii: ",") else { throw wrong("a comma") }
            at += 1
        }
        isFirst = false
        return true
    }

    // MARK: Values

    mutating func text() throws(FormatError) -> String {
        guard kind() == .text else { throw wrong("a text") }
        let start = at + 1
        try skipText()
        let inside = bytes[start..<at - 1]
        return inside.contains(UInt8(ascii: "\\")) ? JSONEscapes.unescape(inside) : String(escapingInvalid: inside)
    }

    mutating func number() throws(FormatError) -> Double {
        guard kind() == .number else { throw wrong("a number") }
        let start = at
        skipScalar()
        guard let number = Double(String(decoding: bytes[start..<at], as: UTF8.self)), number.isFinite else {
            at = start
            throw wrong("a number")
        }
        return number
    }

    /// A number without a fraction, however it is written.
    mutating func integer() throws(FormatError) -> Int64 {
        let start = at
        if let small = smallInteger() { return small }
        guard let whole = Int64(exactly: try number()) else {
            at = start
            throw wrong("a whole number")
        }
        return whole
    }

    /// The next value's own text; its quotation marks are left out.
    mutating func raw() throws(FormatError) -> String {
        if kind() == .text { return try text() }
        let start = at
        try skip()
        return String(escapingInvalid: bytes[start..<at])
    }

    /// A time in units of so many nanoseconds, a power of ten, rounded to whole ones; `nil` where no number stands, in quotation marks or not.
    mutating func nanoseconds(unit: Int64) throws(FormatError) -> Int64? {
        let start = at
        let kind = kind()
        guard kind == .number || kind == .text else {
            try skip()
            return nil
        }
        let text = try raw()
        guard let number = DecimalNumber(text) else { return nil }
        guard let scaled = number.scaled(by: unit), abs(scaled) <= PprofHeader.largest * 4 else {
            throw .damaged("the time \(text.prefix(40)) at byte \(start) is longer than any run")
        }
        return scaled
    }

    /// The next value, if it is of this kind; else it is skipped.
    mutating func textIfAny() throws(FormatError) -> String? {
        if kind() == .text { return try text() }
        try skip()
        return nil
    }

    mutating func numberIfAny() throws(FormatError) -> Double? {
        if kind() == .number { return try number() }
        try skip()
        return nil
    }

    mutating func integerIfAny() throws(FormatError) -> Int64? { try numberIfAny().flatMap { Int64(exactly: $0) } }

    /// A list of texts; what else is in it is left out.
    mutating func texts() throws(FormatError) -> [String] {
        var texts: [String] = []
        try beginList()
        while try nextElement() { if let text = try textIfAny() { texts.append(text) } }
        return texts
    }

    /// Where the next value begins, which is stepped over.
    mutating func skipped() throws(FormatError) -> Int {
        skipBlanks()
        let start = at
        try skip()
        return start
    }

    /// The same text from another byte on.
    func moved(to byte: Int) -> JSONCursor { JSONCursor(bytes, at: byte) }

    /// Steps over the next value, whatever it is.
    mutating func skip() throws(FormatError) {
        var depth = 0
        repeat {
            skipBlanks()
            guard at < bytes.count else { throw cutShort }
            switch bytes[at] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { throw wrong("a value") }
                depth -= 1
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw wrong("a value") }
                at += 1
            case UInt8(ascii: "\""): try skipText()
            default: skipScalar()
            }
        } while depth > 0
        isFirst = false
    }

    // MARK: Bytes

    private mutating func smallInteger() -> Int64? {
        guard kind() == .number else { return nil }
        let start = at
        skipScalar()
        let value = at - start <= 20 ? Int64(String(decoding: bytes[start..<at], as: UTF8.self)) : nil
        if value == nil { at = start }
        return value
    }

    private mutating func skipBlanks() { while at < bytes.count, bytes[at] <= 0x20 { at += 1 } }

    private mutating func skipText() throws(FormatError) {
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        guard at < bytes.count else {
            at = bytes.count
            throw cutShort
        }
        at += 1
    }

    /// A number or a word ends where what structures a text begins.
    private mutating func skipScalar() {
        at += 1
        while at < bytes.count {
            switch bytes[at] {
            case 0...0x20, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"),
                UInt8(ascii: "["), UInt8(ascii: "{"),
                UInt8(ascii: "\""):
                return
            default: at += 1
            }
        }
    }

    private var cutShort: FormatError {
        .damaged("the JSON is cut short at byte \(min(at, bytes.count)) of \(bytes.count)")
    }

    func wrong(_ wanted: String) -> FormatError {
        at < bytes.count
            ? .damaged("the JSON has no \(Self.bare(wanted)) at byte \(at), where one should stand") : cutShort
    }

    private static func bare(_ wanted: String) -> Substring { wanted.drop { $0 != " " }.dropFirst() }
}
