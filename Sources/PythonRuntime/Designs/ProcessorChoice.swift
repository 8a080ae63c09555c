import CMachine
import Capture

/// Keeps the clock thread off the processor that the program runs on.
///
/// A thread that wakes where the program is in a long system call waits for its end: most kernels do not preempt one.
/// With real-time priority it always stays there, for it takes the processor of whoever runs where it last ran. Without,
/// the kernel wakes it on an idle processor if there is one, and it is moved for one tick where that was late.
struct ProcessorChoice {
    private let allowed = machine_allowed_processors()
    private var isMovedForOneTick = false

    /// Moves the calling thread where it shares the processor of another.
    ///
    /// - Parameters:
    ///   - processor: on which the other was seen last.
    ///   - isLate: whether the calling thread has just woken too late.
    mutating func avoid(_ processor: Int32, isLate: Bool) {
        if isMovedForOneTick {
            isMovedForOneTick = false
            machine_use_processors(allowed)
        }
        guard processor >= 0, machine_own_processor() == processor else { return }
        let isRealtime = machine_is_realtime() != 0
        guard isRealtime || isLate else { return }
        machine_stay_off(allowed, processor)
        isMovedForOneTick = !isRealtime
    }
}
