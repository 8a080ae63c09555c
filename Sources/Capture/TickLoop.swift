/// A clock that can be waited on. Real time in the program, a scripted one in tests.
public protocol WaitingClock: Sendable {
    /// Nanoseconds on a monotonic clock.
    func now() -> Int64
    /// Returns at `instant`, as nearly as the machine allows; long before it only where all is to stop.
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

    /// What is to be done at one wake-up.
    public struct Look {
        /// The tick that is due.
        public var tick: TickSchedule.Tick
        /// Earlier ones that are taken together with it, the last before it.
        public var sharing: [TickSchedule.Tick] = []
        /// Still earlier ones, for which it is too late.
        public var overtaken: [TickSchedule.Tick] = []
        /// When we woke, on the clock.
        public var now: Int64
    }

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
    /// A tick that was overtaken by the next while we were busy shares the look at it where it is not late by much, for
    /// what made us busy (a deep stack, a second thread) is no chance.
    public mutating func run(isStopped: () -> Bool, take: (Look) -> Void) {
        while let look = next(isStopped: isStopped) { take(look) }
    }

    /// Waits for the next tick; `nil` where all is to stop.
    public mutating func next(isStopped: () -> Bool) -> Look? {
        clock.wait(until: start + tick.due)
        return isStopped() ? nil : nextLook(now: clock.now())
    }

    private mutating func nextLook(now: Int64) -> Look {
        var look = Look(tick: tick, now: now)
        while start + following.due <= now {
            if now - (start + tick.due) <= patience { look.sharing.append(tick) } else { look.overtaken.append(tick) }
            advance()
        }
        look.tick = tick
        advance()
        return look
    }

    /// The ticks that were due before `now` and will not be taken any more.
    public mutating func overtaken(by now: Int64) -> [TickSchedule.Tick] {
        var ticks: [TickSchedule.Tick] = []
        while start + tick.due < now {
            ticks.append(tick)
            advance()
        }
        return ticks
    }

    private mutating func advance() {
        tick = following
        following = schedule.next()
    }
}
