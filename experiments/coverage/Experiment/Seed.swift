/// Seeds that follow from one: the same question gets the same random numbers, in whatever order and
/// after however many interruptions it is asked.
struct Seed: Sendable {
    var base: UInt64

    /// FNV-1a (Fowler, Noll, Vo) of the words, from the base on.
    func of(_ words: String...) -> UInt64 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ base
        for byte in words.joined(separator: "\u{1f}").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
