import Capture

/// Numbers and texts behind one another, each as short as it may be.
struct PackedBytes {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ number: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: PackedNumber.longest) { room in
            var size = 0
            PackedNumber.put(number, into: room, at: &size)
            bytes += room.prefix(size)
        }
    }

    mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += text.utf8
    }
}
