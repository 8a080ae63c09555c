import Glibc

/// What the kernel's scheduler counts of a thread (proc_pid_schedstat(5)).
struct SchedulerTimes: Equatable {
    /// CPU time, in nanoseconds.
    var cpu: Int64
    /// How long it has waited for a processor in all, in nanoseconds; a wait is counted when it is over.
    var waited: Int64
    /// How often it was given a processor.
    var turns: UInt

    init(text: UnsafeMutablePointer<CChar>) {
        var at: UnsafeMutablePointer<CChar>? = text
        cpu = Int64(strtol(text, &at, 10))
        waited = Int64(strtol(at ?? text, &at, 10))
        turns = UInt(strtoul(at ?? text, nil, 10))
    }
}
