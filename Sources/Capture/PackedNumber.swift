/// Numbers of which most are small, seven bits a byte, the lowest first; every byte but the last has its highest bit set
/// (LEB128, as in protocol buffers).
public enum PackedNumber {
    /// Bytes that a number takes at most.
    public static let longest = 10

    /// Writes a number at `size`, and moves that behind it.
    @inline(__always)
    public static func put(_ number: UInt64, into bytes: UnsafeMutableBufferPointer<UInt8>, at size: inout Int) {
        var left = number
        while left >= 0x80 {
            bytes[size] = UInt8(truncatingIfNeeded: left) | 0x80
            size += 1
            left >>= 7
        }
        bytes[size] = UInt8(truncatingIfNeeded: left)
        size += 1
    }

    /// Reads the number at `at`, and moves that behind it; `nil` where none ends there.
    @inline(__always)
    public static func take(from bytes: UnsafeRawBufferPointer, at: inout Int) -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while at < bytes.count, shift < 64 {
            let byte = bytes[at]
            at += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }
}
