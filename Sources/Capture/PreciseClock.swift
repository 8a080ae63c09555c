import CMachine
import Glibc

/// Real time: sleeps, and where gaps are shorter than what a sleep overshoots by, spins at the end.
public struct PreciseClock: WaitingClock {
    private let spin: Int64

    /// - Parameter interval: the mean gap in nanoseconds that is to be kept.
    public init(interval: Double) { spin = interval < 400_000 ? 120_000 : 0 }

    public func now() -> Int64 { KernelClock.now() }

    public func wait(until instant: Int64) {
        sleep(until: instant - spin)
        while spin > 0, KernelClock.now() < instant { machine_pause() }
    }

    private func sleep(until instant: Int64) {
        var time = timespec(tv_sec: Int(instant / 1_000_000_000), tv_nsec: Int(instant % 1_000_000_000))
        while instant > KernelClock.now(), clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }
}
