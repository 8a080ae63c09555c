import Glibc

/// What the kernel's scheduler counts of a thread (proc_pid_schedstat(5)).
public struct SchedulerTimes: Equatable, Sendable {
    /// CPU time, in nanoseconds.
    public var cpu: Int64
    /// How long it has waited for a processor in all, in nanoseconds; a wait is counted when it is over.
    public var waited: Int64
    /// How often it was given a processor.
    public var turns: UInt

    public init(text: UnsafeMutablePointer<CChar>) {
        var at: UnsafeMutablePointer<CChar>? = text
        cpu = Int64(strtol(text, &at, 10))
        waited = Int64(strtol(at ?? text, &at, 10))
        turns = UInt(strtoul(at ?? text, nil, 10))
    }

    /// Whether another thread took its processor from it: then it waited for just as long as that one had it, and has had it back
    /// since. One that woke meanwhile has waited less, and one that others keep waiting longer.
    ///
    /// - Parameters:
    ///   - before: the same while it had not got it back.
    ///   - taken: how long the other had it, in nanoseconds.
    public func showsPutAside(since before: SchedulerTimes, for taken: Int64) -> Bool {
        turns == before.turns + 1 && Self.changing.contains(waited - before.waited - taken)
    }

    /// What changing from one thread to the other, and falling asleep, takes, in nanoseconds.
    private static let changing: ClosedRange<Int64> = 0...45_000
}
