import Measuring
import ProfileModel

/// One stored run.
struct StoredRun: Sendable {
    var seed: UInt64
    /// Ticks that saw the program within the function that the truth is of.
    var ticks: Int
    /// Ticks that were due in the whole run, and those that gave nothing valid.
    var due = 0
    var lost = 0
    var aliasing: Bool
    var shares: [RunShare]

    /// The part of the ticks due that gave nothing valid.
    var lostPart: Double { Double(lost) / Double(max(1, due)) }
}

/// Runs that differ by chance alone.
struct StoredCell: Sendable {
    var workload: String
    var aim: Int
    /// Without its rate, which is each run's own.
    var arm: Arm
    /// By number.
    var runs: [StoredRun]

    var schedule: String { arm.schedule?.rawValue ?? "" }

    /// `60 runs, 2.1 % of ticks lost`: what is lost is not lost at random.
    var size: String {
        "\(Words.count(runs.count, "run")), \(Words.percent(lostPart)) of ticks lost"
    }

    /// Of all its runs together.
    var lostPart: Double { Double(runs.reduce(0) { $0 + $1.lost }) / Double(max(1, runs.reduce(0) { $0 + $1.due })) }
}
