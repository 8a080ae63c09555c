/// One frame as a sampler found it, with what proves which code object it ran: a code object may die
/// and its address be used again before the sample is named.
public struct SampledFrame: Hashable, Sendable {
    /// What proves a code object's identity.
    public struct Code: Hashable, Sendable {
        public var address: UInt
        /// The qualified name's leading bytes.
        public var nameHead: UInt64
        /// Its length, in characters.
        public var nameLength: UInt32
        public var firstLine: Int32
        /// Tells it from a code object that was at this address before and had its name and first line, as in programs that make
        /// functions and drop them: `CodeProof` says what it is made of.
        public var mark: UInt32

        public init(address: UInt, nameHead: UInt64, nameLength: UInt32, firstLine: Int32, mark: UInt32 = 0) {
            self.address = address
            self.nameHead = nameHead
            self.nameLength = nameLength
            self.firstLine = firstLine
            self.mark = mark
        }

        /// Multiplicative hashing (Knuth, TAOCP 3, 6.4), as a signal's handler can.
        @_noLocks @inline(__always)
        func hash() -> UInt64 {
            let rest = nameHead ^ UInt64(nameLength) << 40 ^ UInt64(mark) << 20 ^ UInt64(UInt32(bitPattern: firstLine))
            return Self.spread(UInt64(address) ^ rest &* 0xff51_afd7_ed55_8ccd)
        }

        @_noLocks @inline(__always)
        public static func spread(_ word: UInt64) -> UInt64 { word &* 0x9e37_79b9_7f4a_7c15 }
    }

    public var code: Code
    /// Index of the instruction, in code units; -1 before the first.
    public var instruction: Int32

    public init(code: Code, instruction: Int32) {
        self.code = code
        self.instruction = instruction
    }
}
