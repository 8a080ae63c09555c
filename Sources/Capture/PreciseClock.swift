import CMachine
import Glibc

/// Real time: sleeps, and where that would come too late, spins at the end. Its waits end at once when
/// `stop` is raised.
public struct PreciseClock: WaitingClock {
    /// Whether it leaves the processor to others between ticks. All ticks are then late alike: were some waited for
    /// more precisely, those that stand close to the next, a program in step with the ticks would be seen askew.
    public let sleeps: Bool
    private let stop: StopSignal

    /// By how much a sleep can overshoot, in nanoseconds.
    private static let overshoot: Int64 = 120_000
    /// What is too short to sleep for, in nanoseconds.
    private static let moment: Int64 = 10_000

    /// - Parameter interval: the mean gap in nanoseconds that is to be kept.
    public init(interval: Double, until stop: StopSignal) {
        sleeps = interval >= 400_000
        self.stop = stop
    }

    public func now() -> Int64 { KernelClock.now() }

    public func wait(until instant: Int64) {
        let wake = sleeps ? instant : instant - Self.overshoot
        if wake - KernelClock.now() > Self.moment { stop.wait(until: wake) }
        while KernelClock.now() < instant, !stop.isRaised { machine_pause() }
    }
}
