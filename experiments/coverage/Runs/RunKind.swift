import ProfileModel

/// Runs of one workload that differ by chance alone.
struct RunKind: Sendable, Equatable {
    var workload: Workload
    var schedule: Schedule
    /// N: the ticks that the rate is chosen for.
    var aim: Int
}
