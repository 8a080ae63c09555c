import CMachine
import Glibc

/// Tells a thread of our own to stop, and wakes it at once if it waits.
public final class StopSignal: @unchecked Sendable {
    private static let lowered: UInt64 = 0
    private static let raised: UInt64 = 1
    private static let final: UInt64 = 2

    // `flag` is only used through acquire and release; a semaphore is made for more than one thread.
    private let flag = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let instant = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)

    public init() {
        instant.initialize(to: 0)
        flag.initialize(to: Self.lowered)
        sem_init(semaphore, 0, 0)
    }

    public var isRaised: Bool { machine_load_acquire(flag) != Self.lowered }
    /// Whether what is stopped will not go on.
    public var isFinal: Bool { machine_load_acquire(flag) == Self.final }

    /// When it was raised last, in nanoseconds on the monotonic clock. Who is stopped hears of it later.
    public var raisedAt: Int64 { Int64(machine_load_acquire(instant)) }

    public func raise(isFinal: Bool = true) {
        machine_store_release(instant, UInt64(KernelClock.now()))
        machine_store_release(flag, isFinal ? Self.final : Self.raised)
        sem_post(semaphore)
    }

    /// Lets go on. Called while nobody waits.
    public func lower() {
        machine_store_release(flag, Self.lowered)
        while sem_trywait(semaphore) == 0 {}
    }

    /// Sleeps until `instant`, in nanoseconds on the monotonic clock, or until the signal is raised.
    public func wait(until instant: Int64) {
        var time = timespec(tv_sec: Int(instant / 1_000_000_000), tv_nsec: Int(instant % 1_000_000_000))
        while !isRaised, sem_clockwait(semaphore, CLOCK_MONOTONIC, &time) != 0, machine_errno() == EINTR {}
    }
}
