/// A protobuf message that is being written. Fields that are 0 or empty are left out, as proto3 has it.
struct ProtobufBytes {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ field: Int, number: Int64) {
        if number != 0 { set(field, number: number) }
    }

    /// The same of a field that is there though it is 0: one of several kinds of value.
    mutating func set(_ field: Int, number: Int64) {
        varint(UInt64(field) << 3)
        varint(UInt64(bitPattern: number))
    }

    mutating func add(_ field: Int, text: String) {
        if !text.isEmpty { add(field, bytes: Array(text.utf8)) }
    }

    /// A message, a text or bytes, though it may be empty.
    mutating func add(_ field: Int, bytes content: [UInt8]) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(content.count))
        bytes += content
    }

    mutating func add(_ field: Int, _ message: (inout ProtobufBytes) -> Void) {
        var inside = ProtobufBytes()
        message(&inside)
        add(field, bytes: inside.bytes)
    }

    mutating func add(_ field: Int, packed numbers: some Sequence<Int64>) {
        var inside = ProtobufBytes()
        for number in numbers { inside.varint(UInt64(bitPattern: number)) }
        if !inside.bytes.isEmpty { add(field, bytes: inside.bytes) }
    }

    /// Of 8 bytes each.
    mutating func add(_ field: Int, packedFixed numbers: [Int64]) {
        if numbers.isEmpty { return }
        add(field, bytes: numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } })
    }

    private mutating func varint(_ value: UInt64) {
        var value = value
        while value > 0x7F {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
