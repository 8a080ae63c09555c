/// A clock that can be waited on. Real time in the program, a scripted one in tests.
public protocol WaitingClock: Sendable {
    /// Nanoseconds on a monotonic clock.
    func now() -> Int64
    /// Returns at `instant` or as soon after it as the machine allows; before it only where all is to stop.
    func wait(until instant: Int64)
}

/// Turns a schedule into calls, and keeps account of the ticks for which there was no time.
public struct TickLoop<Clock: WaitingClock> {
    private var schedule: TickSchedule
    private let clock: Clock
    private let start: Int64
    /// How late a tick may be taken together with a later one, in nanoseconds.
    private let patience: Int64
    private var tick: TickSchedule.Tick
    private var following: TickSchedule.Tick
    private var sharing: [TickSchedule.Tick] = []

    /// - Parameter start: when the run began, on `clock`.
    public init(_ schedule: TickSchedule, clock: Clock, start: Int64) {
        self.schedule = schedule
        self.clock = clock
        self.start = start
        patience = min(Self.near, Int64(Self.sharedPart * schedule.interval))
        tick = self.schedule.next()
        following = self.schedule.next()
    }

    /// How late a tick may be taken together with a later one, in nanoseconds: a look at a deep stack takes as long.
    private static var near: Int64 { 150_000 }

    /// The part of the mean interval within which two ticks may see the same: more would make them one.
    private static var sharedPart: Double { 0.15 }

    /// Calls `take` at each tick until `isStopped`; called again, it goes on with the next.
    ///
    /// A tick that was overtaken by the next while we were busy is `sharing` the look at it where it is not late by
    /// much, for what made us busy (a deep stack, a second thread) is no chance; where it is, `skip` is called.
    public mutating func run(
        isStopped: () -> Bool, take: (TickSchedule.Tick, _ sharing: [TickSchedule.Tick], _ now: Int64) -> Void,
        skip: (TickSchedule.Tick) -> Void
    ) {
        while true {
            clock.wait(until: start + tick.due)
            if isStopped() { return }
            let now = clock.now()
            sharing.removeAll(keepingCapacity: true)
            while start + following.due <= now {
                if now - (start + tick.due) <= patience { sharing.append(tick) } else { skip(tick) }
                tick = following
                following = schedule.next()
            }
            take(tick, sharing, now)
            tick = following
            following = schedule.next()
        }
    }
}
