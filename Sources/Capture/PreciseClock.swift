import CMachine
import Glibc

/// Real time. It sleeps, and allows for how late sleeps end: by what that was of late, or, where intervals are short, by
/// spinning at the end. Its waits end at once when `stop` is raised.
///
/// Were every look late by the same 0.07 ms, nobody would ever look at the first 0.07 ms of a run: a short block would
/// lose a part of what it does first.
public struct PreciseClock: WaitingClock {
    /// Whether it leaves the processor to others between ticks. All ticks are then late alike: were some waited for
    /// more precisely, those that stand close to the next, a program in step with the ticks would be seen askew.
    public let sleeps: Bool
    private let stop: StopSignal
    private let lateness = Lateness()

    /// The mean gap from which on it sleeps, in nanoseconds: to fall asleep and to be woken takes 6,000 to 10,000. A thread that
    /// spins has used up its share of a busy processor when its tick is due, and comes too late.
    private static let shortestSlept = 60_000.0
    /// By how much a sleep can overshoot, in nanoseconds.
    private static let overshoot: Int64 = 120_000
    /// What is too short to sleep for, in nanoseconds.
    private static let moment: Int64 = 10_000

    /// - Parameters:
    ///   - interval: the mean gap in nanoseconds that is to be kept.
    ///   - neverSpins: it sleeps then however short the gaps are.
    public init(interval: Double, neverSpins: Bool = false, until stop: StopSignal) {
        sleeps = neverSpins || interval >= Self.shortestSlept
        self.stop = stop
    }

    public func now() -> Int64 { KernelClock.now() }

    public func wait(until instant: Int64) {
        if sleeps { return sleep(until: instant - lateness.usual) }
        sleep(until: instant - Self.overshoot)
        while KernelClock.now() < instant, !stop.isRaised { machine_pause() }
    }

    private func sleep(until wake: Int64) {
        guard wake - KernelClock.now() > Self.moment else { return }
        stop.wait(until: wake)
        if !stop.isRaised { lateness.note(KernelClock.now() - wake) }
    }
}

/// How late the sleeps of one thread end, in nanoseconds.
private final class Lateness: @unchecked Sendable {
    // Used by the thread that waits, and by no other.
    private(set) var usual = Lateness.first

    /// What it is on most machines, until it is known.
    private static let first: Int64 = 60_000
    /// More than that is no habit of the clock's, but a processor that was not to be had.
    private static let most: Int64 = 150_000
    /// How much one sleep moves it at most: half of the sleeps end earlier than usual, and half later.
    private static let step: Int64 = 2_000

    func note(_ late: Int64) { usual = min(Self.most, max(0, usual + (late > usual ? Self.step : -Self.step))) }
}
