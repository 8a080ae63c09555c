/// What a backslash stands for in JSON's texts (RFC 8259, section 7).
enum JSONEscapes {
    /// The text that stands between the quotation marks.
    static func unescape(_ bytes: ArraySlice<UInt8>) -> String {
        var plain: [UInt8] = []
        var at = bytes.startIndex
        while at < bytes.endIndex {
            guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.endIndex else {
                plain.append(bytes[at])
                at += 1
                continue
            }
            if bytes[at + 1] == UInt8(ascii: "u") {
                plain += codePoint(bytes, &at).utf8
            } else {
                plain.append(single(bytes[at + 1]))
                at += 2
            }
        }
        return String(escapingInvalid: plain[...])
    }

    private static func single(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: letter
        }
    }

    /// A code point by one or two `\uNNNN`; half of a pair alone, which is no character, stays as it is written.
    private static func codePoint(_ bytes: ArraySlice<UInt8>, _ at: inout Int) -> String {
        guard let first = unit(bytes, at) else {
            at += 2
            return "\\u"
        }
        at += 6
        if let scalar = Unicode.Scalar(UInt32(first)) { return String(Character(scalar)) }
        if first < 0xDC00, let second = unit(bytes, at), 0xDC00...0xDFFF ~= second {
            at += 6
            let value = 0x1_0000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
        }
        // Python's way of keeping a byte that is no text.
        return 0xDC80...0xDCFF ~= first ? "\\x" + String(first - 0xDC00, radix: 16) : "\\u" + String(first, radix: 16)
    }

    private static func unit(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt16? {
        guard at + 6 <= bytes.endIndex, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt16(String(decoding: bytes[at + 2..<at + 6], as: UTF8.self), radix: 16)
    }
}
