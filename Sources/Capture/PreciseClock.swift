import CMachine
import Glibc

/// Real time: sleeps, and where that would come too late, spins at the end. Its waits end at once when
/// `stop` is raised.
public struct PreciseClock: WaitingClock {
    /// Whether it leaves the processor to others between ticks.
    public let sleeps: Bool
    private let stop: StopSignal

    /// By how much a sleep can overshoot, in nanoseconds.
    private static let overshoot: Int64 = 120_000

    /// - Parameter interval: the mean gap in nanoseconds that is to be kept.
    public init(interval: Double, until stop: StopSignal) {
        sleeps = interval >= 400_000
        self.stop = stop
    }

    public func now() -> Int64 { KernelClock.now() }

    public func wait(until instant: Int64, precisely: Bool) {
        let wake = !sleeps || precisely ? instant - Self.overshoot : instant
        let now = KernelClock.now()
        if wake > now, instant - now > Self.overshoot { stop.wait(until: wake) }
        while KernelClock.now() < instant, !stop.isRaised { machine_pause() }
    }
}
