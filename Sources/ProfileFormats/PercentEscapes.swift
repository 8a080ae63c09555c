/// Keeps characters that structure a text out of the fields in it: control characters, `%`, and
/// `;` become a `%` and two hexadecimal digits. All other text stays as it is.
enum PercentEscapes {
    private static let percent = UInt8(ascii: "%")
    private static let semicolon = UInt8(ascii: ";")
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// - Parameter sparing: characters that are left alone all the same.
    static func escape(_ text: String, sparing: Set<UInt8> = []) -> String {
        guard text.utf8.contains(where: { isEscaped($0) && !sparing.contains($0) }) else { return text }
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            if isEscaped(byte), !sparing.contains(byte) {
                escaped += [percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// The text that `escape` was given; a `%` that begins no escape of ours is itself.
    static func unescape(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(percent) else { return String(text) }
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if let byte = escapedByte(in: bytes, at: at) {
                plain.append(byte)
                at += 3
            } else {
                plain.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func escapedByte(in bytes: [UInt8], at: Int) -> UInt8? {
        guard bytes[at] == percent, at + 2 < bytes.count,
            let high = digits.firstIndex(of: bytes[at + 1]), let low = digits.firstIndex(of: bytes[at + 2])
        else { return nil }
        let byte = UInt8(high << 4 | low)
        return isEscaped(byte) ? byte : nil
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == percent || byte == semicolon
    }
}
