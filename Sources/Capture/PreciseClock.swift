import CMachine
import Glibc

/// Real time: sleeps, and where gaps are shorter than what a sleep overshoots by, spins at the end.
/// Its waits end at once when `stop` is raised.
public struct PreciseClock: WaitingClock {
    private let spin: Int64
    private let stop: StopSignal

    /// - Parameter interval: the mean gap in nanoseconds that is to be kept.
    public init(interval: Double, until stop: StopSignal) {
        spin = interval < 400_000 ? 120_000 : 0
        self.stop = stop
    }

    public func now() -> Int64 { KernelClock.now() }

    public func wait(until instant: Int64) {
        if instant - spin > KernelClock.now() { stop.wait(until: instant - spin) }
        while spin > 0, KernelClock.now() < instant, !stop.isRaised { machine_pause() }
    }
}
