import Glibc

/// Bytes as a key: hashed and compared as a whole, which is many times faster than one by one.
struct ByteText: Hashable {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The same on its own, without the text that it is a part of.
    var copy: ByteText { ByteText(ArraySlice(Array(bytes))) }

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

    static func == (one: ByteText, other: ByteText) -> Bool {
        guard one.bytes.count == other.bytes.count else { return false }
        return one.bytes.withUnsafeBytes { one in
            other.bytes.withUnsafeBytes { other in
                guard let mine = one.baseAddress, let its = other.baseAddress else { return true }
                return memcmp(mine, its, one.count) == 0
            }
        }
    }
}
