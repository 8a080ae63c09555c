import Capture

/// Takes them back out; what is not there is `nil`.
struct PackedReading {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    @inline(__always)
    mutating func number() -> UInt64? { PackedNumber.take(from: bytes, at: &at) }

    /// A number below a limit.
    mutating func index(below limit: Int) -> Int? {
        guard let number = number(), number < UInt64(limit) else { return nil }
        return Int(number)
    }

    /// How many things there are that take at least a byte each.
    mutating func count() -> Int? { index(below: bytes.count - at + 1) }

    mutating func text() -> String? {
        guard let size = index(below: bytes.count - at + 1), size <= bytes.count - at else { return nil }
        defer { at += size }
        return String(decoding: bytes[at..<at + size], as: UTF8.self)
    }
}
