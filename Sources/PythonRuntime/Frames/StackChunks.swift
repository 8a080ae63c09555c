import Capture

/// A thread's own data stack: the chunks of memory in which CPython lays its frames, newest first.
/// What lies in them may be read directly by the thread itself, and by no other: the kernel copies a chunk for those.
struct StackChunks {
    // _PyStackChunk: previous, size, top, then the frames.
    private static let previousOffset = 0
    private static let sizeOffset = 8
    private static let dataOffset = 24

    private let isOwn: Bool
    private let memory: GuardedMemory
    /// Room for a copy of a chunk, and the chunk that it is of.
    private let copy: UnsafeMutableRawPointer
    private var copied: UInt = 0
    private var chunk: UInt = 0
    /// Where the frames in the chunk begin, and where those end that are still to be read.
    private(set) var start: UInt = 0
    private(set) var end: UInt = 0
    /// Behind what may be a frame in it.
    private var endOfFrames: UInt = 0
    /// The first address behind the newest frame. Where frames are popped before they are no longer linked, one
    /// may be just here.
    private(set) var top: UInt = 0
    /// Where frames begin in the newest chunk. The first chunk of all leaves a word free before.
    private(set) var firstOfNewest: UInt = 0
    private var endOfNewest: UInt = 0

    @_noLocks
    init(isOwn: Bool, memory: GuardedMemory, copyingTo copy: UnsafeMutableRawPointer) {
        self.isOwn = isOwn
        self.memory = memory
        self.copy = copy
    }

    /// - Parameter beyond: how many bytes of a frame may lie behind the top.
    @_noLocks
    mutating func begin(newest: UInt, top: UInt, beyond: Int) {
        self.top = top
        enter(newest)
        let isFirst = newest != 0 && word(newest &+ UInt(Self.previousOffset)) == 0
        firstOfNewest = start &+ (isFirst ? 8 : 0)
        endOfNewest = min(end, top)
        end = min(end, top &+ UInt(beyond))
        endOfFrames = end
    }

    /// Whether `size` bytes at `address` lie in the newest chunk and below the top, be there a frame or not.
    @_noLocks
    func newestHolds(_ address: UInt, size: Int) -> Bool {
        address & 7 == 0 && address >= firstOfNewest && address < endOfNewest && endOfNewest &- address >= UInt(size)
    }

    @_noLocks
    private mutating func enter(_ new: UInt) {
        chunk = new
        start = new == 0 ? 0 : new &+ UInt(Self.dataOffset)
        end = new == 0 ? 0 : new &+ word(new &+ UInt(Self.sizeOffset))
        endOfFrames = end
    }

    /// What leads from an address in the chunk that was found last to where it can be read; `nil` where its frames take more
    /// than a chunk of plain calls has, or it is gone.
    @_noLocks
    mutating func displacement() -> UInt? {
        if isOwn { return 0 }
        if copied != chunk {
            let size = Int(bitPattern: endOfFrames &- chunk)
            copied =
                size > 0 && size <= StackRoom.chunkSize && memory.copy(from: chunk, to: copy, size: size) ? chunk : 0
        }
        return copied == 0 ? nil : UInt(bitPattern: copy) &- chunk
    }

    /// Takes note that frames of this chunk have been read, the last at `address`.
    @_noLocks @inline(__always)
    mutating func haveBeenRead(downTo address: UInt) { end = address }

    /// 0, which ends the search, where there is nothing to read.
    @_noLocks @inline(__always)
    private func word(_ address: UInt) -> UInt { isOwn ? load(address) : memory.word(at: address) ?? 0 }

    /// Whether a frame of `size` bytes at `address` lies in these chunks, below the last one that was found: frames
    /// are asked for from the leaf to the root.
    @_noLocks
    mutating func contains(_ address: UInt, size: Int) -> Bool {
        guard address & 7 == 0 else { return false }
        let before = (chunk, start, end, endOfFrames)
        while chunk != 0 {
            if address >= start, address < end, end &- address >= UInt(size) {
                end = address
                return true
            }
            enter(word(chunk &+ UInt(Self.previousOffset)))
        }
        (chunk, start, end, endOfFrames) = before
        return false
    }
}

/// The byte at an address that is known to be readable.
@_noLocks @inline(__always)
func byte(_ address: UInt) -> UInt8 { UnsafePointer<UInt8>(bitPattern: address)?.pointee ?? 0 }

/// The 8 bytes at an address that is known to be readable.
@_noLocks @inline(__always)
func load(_ address: UInt) -> UInt {
    UnsafeRawPointer(bitPattern: address)?.loadUnaligned(as: UInt.self) ?? 0
}
