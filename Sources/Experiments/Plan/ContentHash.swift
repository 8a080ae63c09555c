/// FNV-1a, 128 bits (Fowler, Noll, Vo): two contents by chance alike are not to be met. It is no proof against malice.
struct ContentHash {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    /// Of parts, each with its length, so that no two lists run into each other.
    init(_ parts: some Sequence<String>) {
        for part in parts { add(Array(part.utf8)) }
    }

    mutating func add(_ bytes: [UInt8]) {
        for byte in Array("\(bytes.count):".utf8) + bytes {
            state = (state ^ UInt128(byte)) &* 0x0100_0000_0000_0000_0000_013b
        }
    }

    /// 32 hexadecimal digits.
    var text: String {
        // Its first bits hardly depend on the last bytes: ids are told apart by their beginnings.
        let mixed = (state ^ (state >> 64)) &* 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835
        let digits = String(mixed ^ (mixed >> 64), radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
