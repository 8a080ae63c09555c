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

        public init(address: UInt, nameHead: UInt64, nameLength: UInt32, firstLine: Int32) {
            self.address = address
            self.nameHead = nameHead
            self.nameLength = nameLength
            self.firstLine = firstLine
        }
    }

    public var code: Code
    /// Index of the instruction, in code units; -1 before the first.
    public var instruction: Int32

    public init(code: Code, instruction: Int32) {
        self.code = code
        self.instruction = instruction
    }
}
