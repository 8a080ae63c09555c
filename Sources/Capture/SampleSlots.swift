import CMachine
import Glibc

/// The ring between one thread's signal handler and the sampler: a request, an answer and room for
/// one stack. One place is enough, for a thread is never asked again before its answer is taken or
/// given up; the handler that comes late answers the newest request.
public struct SampleSlot {
    /// The tick that is asked for, counted from 1; written by the sampler alone.
    public var request: UInt64 = 0
    /// When that was asked, and the thread's CPU time then, both in nanoseconds; written before `request`.
    public var askedAt: Int64 = 0
    public var cpuAsked: Int64 = 0
    /// The thread's state in the interpreter that is profiled; 0 where none is listed. Written before `request`.
    public var listedState: UInt = 0
    /// Whether the thread had run without a pause until then.
    public var wasBusy = false
    /// The tick that was answered; written by the handler alone, after all that follows.
    public var answer: UInt64 = 0
    /// When the handler looked, in nanoseconds on the monotonic clock.
    public var instant: Int64 = 0
    /// The processor on which it looked; -1 where that is not known.
    public var processor: Int32 = -1
    /// Frames found, leaf first; -1 where the stack could not be verified.
    public var depth: Int = 0
    /// The thread's own state, as the handler found it; the sampler walks idle threads from there.
    public var threadState: UInt = 0
    /// Whether the thread held the interpreter's lock then.
    public var holdsLock = false
    /// What the handler knows of the thread's C stack; its own alone.
    public var stack = CStack()
    /// Where the handler puts the frames.
    public let room: StackRoom
    /// And what it finds of the task that runs.
    public let task: TaskNote
}

/// Slots, one for each thread that can be sampled at the same time, made by the block and kept for good: a signal that is
/// late may still be on its way to one. Untouched ones cost address space only.
public struct SampleSlots: @unchecked Sendable {
    // Raw memory that lives as long as the process. The addresses of the blocks; a block's is written once, when the block
    // is whole, by the sampler's thread; the protocol of `SampleSlot` says who writes to a slot when.
    private let blocks: UnsafeMutablePointer<UInt64>

    /// Slots in a block, and in all.
    static let perBlock = 64
    static let most = perBlock * mostBlocks
    @usableFromInline static let mostBlocks = 1024

    @usableFromInline static var blockBytes: Int { perBlock * MemoryLayout<SampleSlot>.stride }

    /// `nil` where the machine has no such address space left.
    public init?() {
        blocks = .allocate(capacity: Self.mostBlocks)
        blocks.initialize(repeating: 0, count: Self.mostBlocks)
        guard self[0] != nil else { return nil }
    }

    /// A slot, which is made where it is not there yet. Called by the sampler's thread alone.
    ///
    /// `nil` where the machine has no such address space left.
    public subscript(_ index: Int) -> UnsafeMutablePointer<SampleSlot>? {
        let block = index / Self.perBlock
        // Without a gap: `contains` looks no further than to the first that is not there.
        if blocks[block] == 0 {
            for lower in 0...block where blocks[lower] == 0 { if !makeBlock(lower) { return nil } }
        }
        return UnsafeMutablePointer<SampleSlot>(bitPattern: UInt(blocks[block])).map { $0 + index % Self.perBlock }
    }

    private func makeBlock(_ block: Int) -> Bool {
        let roomBytes = Self.perBlock * (StackRoom.size + TaskNote.size)
        guard
            let memory = machine_map(
                UInt(roomBytes + Self.blockBytes), MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        else { return false }
        let start = (memory + roomBytes).bindMemory(to: SampleSlot.self, capacity: Self.perBlock)
        for index in 0..<Self.perBlock {
            let room = memory + index * (StackRoom.size + TaskNote.size)
            (start + index).initialize(
                to: SampleSlot(room: StackRoom(in: room), task: TaskNote(in: room + StackRoom.size)))
        }
        machine_store_release(blocks + block, UInt64(UInt(bitPattern: start)))
        return true
    }

    /// Whether a pointer that came with a signal is one of these slots.
    @_noLocks
    public func contains(_ pointer: UnsafeRawPointer) -> Bool {
        let address = UInt64(UInt(bitPattern: pointer))
        var block = 0
        while block < Self.mostBlocks {
            let start = machine_load_acquire(blocks + block)
            if start == 0 { return false }
            let offset = Int(truncatingIfNeeded: address &- start)
            if offset >= 0, offset < Self.blockBytes { return offset % MemoryLayout<SampleSlot>.stride == 0 }
            block += 1
        }
        return false
    }
}
