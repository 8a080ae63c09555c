/// Texts of other encodings, and marks of encodings, as UTF-8.
enum TextDecoding {
    /// UTF-16 by its byte order mark, or where every other of the first bytes is zero; anything else as it is, without UTF-8's mark.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), isBigEndian: false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), isBigEndian: true) }
        let head = bytes.prefix(8)
        if head.count == 8, isASCII(head, from: 0), isZero(head, from: 1) {
            return utf16(bytes[...], isBigEndian: false)
        }
        if head.count == 8, isASCII(head, from: 1), isZero(head, from: 0) {
            return utf16(bytes[...], isBigEndian: true)
        }
        return bytes
    }

    private static func isASCII(_ head: ArraySlice<UInt8>, from start: Int) -> Bool {
        stride(from: start, to: 8, by: 2).allSatisfy { 0x20...0x7E ~= head[$0] || 9...13 ~= head[$0] }
    }

    private static func isZero(_ head: ArraySlice<UInt8>, from start: Int) -> Bool {
        stride(from: start, to: 8, by: 2).allSatisfy { head[$0] == 0 }
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
        let (high, low) = isBigEndian ? (0, 1) : (1, 0)
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { at -> UInt16 in
            UInt16(bytes[at + high]) << 8 | UInt16(bytes[at + low])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
