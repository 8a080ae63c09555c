import Measuring

/// Runs of one workload that differ by chance alone.
struct RunKind: Sendable, Equatable {
    var workload: Workload
    /// N: the ticks that the rate is chosen for; `byRate` where the rate is 1 kHz, whatever N comes of it.
    var aim: Int
    var arm: Arm

    static let byRate = 0
}
