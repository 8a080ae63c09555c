/// A thread's own data stack: the chunks of memory in which CPython lays its frames, newest first.
/// What lies in them may be read directly by the thread itself, and by no other.
struct StackChunks {
    // _PyStackChunk: previous, size, top, then the frames.
    private static let previousOffset = 0
    private static let sizeOffset = 8
    private static let dataOffset = 24

    private let isOwn: Bool
    private let memory: GuardedMemory
    private var chunk: UInt
    private var start: UInt
    private var end: UInt
    /// The first address behind the newest frame. A frame just here is one that has been popped and
    /// is still linked.
    let top: UInt

    @_noLocks
    init(newest: UInt, top: UInt, frameSize: Int, isOwn: Bool, memory: GuardedMemory) {
        self.isOwn = isOwn
        self.memory = memory
        self.top = top
        chunk = newest
        start = 0
        end = 0
        enter(newest)
        end = min(end, top &+ UInt(frameSize))
    }

    @_noLocks
    private mutating func enter(_ new: UInt) {
        chunk = new
        start = new == 0 ? 0 : new &+ UInt(Self.dataOffset)
        end = new == 0 ? 0 : new &+ word(new &+ UInt(Self.sizeOffset))
    }

    /// 0, which ends the search, where there is nothing to read.
    @_noLocks @inline(__always)
    private func word(_ address: UInt) -> UInt { isOwn ? load(address) : memory.word(at: address) ?? 0 }

    /// Whether a frame of `size` bytes at `address` lies in these chunks. Frames are asked for from
    /// the leaf to the root, so the search goes on where the last one was found.
    @_noLocks
    mutating func contains(_ address: UInt, size: Int) -> Bool {
        guard address & 7 == 0 else { return false }
        let before = self
        while chunk != 0 {
            if address >= start, address < end, end &- address >= UInt(size) { return true }
            enter(word(chunk &+ UInt(Self.previousOffset)))
        }
        self = before
        return false
    }
}

/// The 8 bytes at an address that is known to be readable.
@_noLocks @inline(__always)
func load(_ address: UInt) -> UInt {
    UnsafeRawPointer(bitPattern: address)?.loadUnaligned(as: UInt.self) ?? 0
}
