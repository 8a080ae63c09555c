import Capture

/// What a thread is executing: the code of its innermost frame, and the instruction in it.
struct FrameLeaf: Equatable {
    private let code: UInt
    private let instruction: Int32

    /// What is on top of a stack, and what is beneath it: a function that frees its locals as it returns is on top of its
    /// stack and linked no more, so that from outside its caller seems to run.
    static func candidates(_ frames: UnsafeBufferPointer<SampledFrame>) -> [FrameLeaf] {
        frames.prefix(2).map { FrameLeaf(code: $0.code.address, instruction: $0.instruction) }
    }

    fileprivate init(code: UInt, instruction: Int32) {
        self.code = code
        self.instruction = instruction
    }
}

extension FrameWalk {
    /// Read from outside, while the thread may run: a few words that the kernel copies, of which none is followed
    /// further. `nil` where there is no frame, or it is just changing.
    func leaf(ofThreadState state: UInt) -> FrameLeaf? {
        guard var frame = memory.word(at: state &+ UInt(layout.threadFrame)) else { return nil }
        if let cframes = layout.cframes {
            guard let current = memory.word(at: frame &+ UInt(cframes.frame)) else { return nil }
            frame = current
        }
        guard let tagged = memory.word(at: frame &+ UInt(layout.frameCode)),
            let instruction = memory.word(at: frame &+ UInt(layout.frameInstruction))
        else { return nil }
        // From 3.14 on, the low bits of the pointer to the code say who holds it.
        let code = tagged & ~7
        let offset = Int(bitPattern: instruction &- (code &+ UInt(layout.codeInstructions)))
        return FrameLeaf(code: code, instruction: Int32(truncatingIfNeeded: offset >> 1))
    }
}
