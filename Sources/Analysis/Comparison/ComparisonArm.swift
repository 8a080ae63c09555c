import ProfileModel

/// The process as a whole, in one design.
public struct ProfiledRun: Sendable {
    /// Wall time from start to end of the process, in seconds.
    public var seconds: Double
    public var profile: Profile

    public init(seconds: Double, profile: Profile) {
        self.seconds = seconds
        self.profile = profile
    }
}

/// One pass through all designs and the controls.
public struct Round: Sendable {
    /// Wall time of the unprofiled process, in seconds; `nil` where it failed.
    public var control: Double?
    /// The same of the second one, for control against control.
    public var selfTestControl: Double?
    /// By the design's name; a design that failed in this round is missing.
    public var runs: [String: ProfiledRun]

    public init(control: Double?, selfTestControl: Double?, runs: [String: ProfiledRun]) {
        self.control = control
        self.selfTestControl = selfTestControl
        self.runs = runs
    }

    func completed(by firstLines: FirstLines) -> Round {
        var round = self
        round.runs = runs.mapValues { ProfiledRun(seconds: $0.seconds, profile: firstLines.completing($0.profile)) }
        return round
    }
}

/// All runs of one design.
struct ComparisonArm {
    struct Run {
        var round: Int
        var seconds: Double
        var control: Double?
        var profile: Profile
        var tally: RunTally
        var caveats: [Caveat]
    }

    let name: String
    /// In order of rounds; never empty.
    let runs: [Run]
    let first: Profile
    /// Of the intervals over rounds.
    let confidence: Double
    /// Whether each run was made in a round with the other designs; else the runs are on their own.
    let isInRounds: Bool

    init(name: String, runs: [Run], first: Profile, confidence: Double, isInRounds: Bool) {
        self.name = name
        self.runs = runs
        self.first = first
        self.confidence = confidence
        self.isInRounds = isInRounds
    }

    /// `nil` where the design ran in no round.
    init?(_ name: String, in rounds: [Round], confidence: Double = 0.95) {
        let runs = rounds.enumerated().compactMap { number, round in
            round.runs[name].map {
                Run(
                    round: number, seconds: $0.seconds, control: round.control, profile: $0.profile,
                    tally: RunTally($0.profile), caveats: $0.profile.caveats + $0.profile.lockstepCaveats)
            }
        }
        guard let first = runs.first?.profile else { return nil }
        self.init(name: name, runs: runs, first: first, confidence: confidence, isInRounds: true)
    }

    var hasLines: Bool { runs.contains { !$0.tally.lines.isEmpty } }
    /// Which times the design reports.
    var reported: ReportedTimes { ReportedTimes(first) }
    var ledger: Ledger? { Ledger.sum(of: runs.compactMap(\.profile.ledger)) }
    var wholes: [Double] { runs.map(\.tally.whole) }
}
