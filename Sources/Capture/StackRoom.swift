/// What is known of a frame while its chain is not believed yet.
public struct FrameNote {
    /// The addresses of its code object and its instruction.
    public let code: UInt
    public let instruction: UInt
    /// Whether it surely holds its code.
    public let holdsCode: Bool

    @_noLocks @inlinable
    public init(code: UInt, instruction: UInt, holdsCode: Bool) {
        self.code = code
        self.instruction = instruction
        self.holdsCode = holdsCode
    }
}

/// Room for one stack, and for all that a look works with.
///
/// A stack's root lies at the end of the room. So frames that a thread is still in lie where they lay at the last look,
/// and what has not changed is not written again: another processor reads the room, and each line of its cache that is
/// written has to be fetched back from there.
public struct StackRoom: @unchecked Sendable {
    // Raw memory that lives as long as the process; one thread writes at a time.
    /// Of the frames that are being walked, leaf first.
    public let notes: UnsafeMutablePointer<FrameNote>
    /// For a copy of a chunk of the data stack.
    public let chunk: UnsafeMutableRawPointer
    /// For what one look has proven.
    public let proofs: UnsafeMutableRawPointer
    /// For what one look copied of code that has no name yet.
    public let copies: CopiedCodes
    /// Behind the root.
    @usableFromInline let end: UnsafeMutablePointer<SampledFrame>

    /// Deeper stacks are cut at the root.
    public static let largestDepth = 2048

    /// The bytes of a chunk, but for one that was made for a frame that is larger.
    public static let chunkSize = 1 << 14

    public static let proofsSize = 1 << 12

    static var size: Int {
        largestDepth * (MemoryLayout<FrameNote>.stride + MemoryLayout<SampledFrame>.stride) + chunkSize + proofsSize
            + CopiedCodes.size
    }

    /// - Parameter memory: `size` bytes that nobody else uses, all zero.
    init(in memory: UnsafeMutableRawPointer) {
        notes = memory.bindMemory(to: FrameNote.self, capacity: Self.largestDepth)
        let frames = memory + Self.largestDepth * MemoryLayout<FrameNote>.stride
        end = frames.bindMemory(to: SampledFrame.self, capacity: Self.largestDepth) + Self.largestDepth
        chunk = UnsafeMutableRawPointer(end)
        proofs = chunk + Self.chunkSize
        copies = CopiedCodes(in: proofs + Self.proofsSize)
    }

    public static func allocate() -> StackRoom {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        return StackRoom(in: memory)
    }

    public func deallocate() { UnsafeMutableRawPointer(notes).deallocate() }

    /// The stack of that many frames that was put here, leaf first.
    @_noLocks
    public func stack(depth: Int) -> UnsafeBufferPointer<SampledFrame> {
        UnsafeBufferPointer(start: end - depth, count: depth)
    }

    /// Puts a frame that has so many below it.
    @_noLocks @inlinable @inline(__always)
    public func put(_ frame: SampledFrame, above below: Int) {
        let place = end - below - 1
        if place.pointee != frame { place.pointee = frame }
    }
}
