import CMachine
import Capture

/// Keeps the clock thread off the processor that the program runs on.
///
/// A thread that wakes where the program is in a long system call waits for its end: most kernels do not preempt one.
/// With real-time priority it always stays there, for it takes the processor of whoever runs where it last ran. Without,
/// the kernel wakes it on an idle processor if there is one, and it is moved for one tick where that was late.
struct ProcessorChoice {
    private let memory: GuardedMemory
    private let identity: Int
    private let record = Int(machine_rseq_offset())
    private let allowed = machine_allowed_processors()
    private var isMovedForOneTick = false

    /// The processor's number stands behind that with which a restartable sequence began.
    private static let numberShift: UInt = 32

    /// - Parameter identity: where a thread's state holds glibc's name for the thread.
    init(memory: GuardedMemory, identity: Int) {
        self.memory = memory
        self.identity = identity
    }

    /// Moves the calling thread where it shares the processor of the thread with this state.
    ///
    /// - Parameter isLate: whether it has just woken too late.
    mutating func avoid(threadState state: UInt, isLate: Bool) {
        if isMovedForOneTick {
            isMovedForOneTick = false
            machine_use_processors(allowed)
        }
        let isRealtime = machine_is_realtime() != 0
        let own = machine_own_processor()
        guard own >= 0, isRealtime || isLate, processor(ofThreadState: state) == own else { return }
        machine_stay_off(allowed, own)
        isMovedForOneTick = !isRealtime
    }

    /// The one on which it last entered the program's own code; `nil` where that is not known.
    private func processor(ofThreadState state: UInt) -> Int32? {
        guard record != 0, let thread = memory.word(at: state &+ UInt(identity)),
            let numbers = memory.word(at: thread &+ UInt(bitPattern: record))
        else { return nil }
        return Int32(truncatingIfNeeded: numbers >> Self.numberShift)
    }
}
