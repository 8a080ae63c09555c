import CMachine
import Glibc

/// The ring between one thread's signal handler and the sampler: a request, an answer and room for
/// one stack. One place is enough, for a thread is never asked again before its answer is taken or
/// given up; the handler that comes late answers the newest request.
public struct SampleSlot {
    /// The tick that is asked for, counted from 1; written by the sampler alone.
    public var request: UInt64 = 0
    /// The tick that was answered; written by the handler alone, after all that follows.
    public var answer: UInt64 = 0
    /// When the handler looked, in nanoseconds on the monotonic clock.
    public var instant: Int64 = 0
    /// Frames found, leaf first; -1 where the stack could not be verified.
    public var depth: Int = 0
    /// The thread's own state, as the handler found it; the sampler walks idle threads from there.
    public var threadState: UInt = 0
    /// What the handler knows of the thread's C stack; its own alone.
    public var stack = CStack()
    /// Where the handler puts the frames.
    public let room: StackRoom
}

/// Preallocated slots, one for each thread that can be sampled at the same time. Untouched ones cost
/// address space only.
public struct SampleSlots: @unchecked Sendable {
    // Raw memory that lives as long as the process; the protocol of `SampleSlot` says who writes when.
    public let slots: UnsafeMutableBufferPointer<SampleSlot>

    public static let count = 256

    /// `nil` where the machine has no such address space left.
    public init?() {
        let roomBytes = Self.count * StackRoom.size
        let slotBytes = Self.count * MemoryLayout<SampleSlot>.stride
        guard let memory = machine_map(UInt(roomBytes + slotBytes), MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        else { return nil }
        let start = (memory + roomBytes).bindMemory(to: SampleSlot.self, capacity: Self.count)
        slots = UnsafeMutableBufferPointer(start: start, count: Self.count)
        for index in 0..<Self.count {
            (start + index).initialize(to: SampleSlot(room: StackRoom(in: memory + index * StackRoom.size)))
        }
    }

    /// Whether a pointer that came with a signal is one of these slots.
    @_noLocks @inlinable
    public func contains(_ pointer: UnsafeRawPointer) -> Bool {
        guard let base = UnsafeRawPointer(slots.baseAddress) else { return false }
        let offset = pointer - base
        return offset >= 0 && offset < Self.count * MemoryLayout<SampleSlot>.stride && offset % MemoryLayout<SampleSlot>.stride == 0
    }
}
