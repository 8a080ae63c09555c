import ProfileModel

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
    /// What its places are compared by.
    let names: PlaceNames

    init(
        name: String, runs: [Run], first: Profile, confidence: Double, isInRounds: Bool, names: PlaceNames = .own
    ) {
        self.name = name
        self.runs = runs
        self.first = first
        self.confidence = confidence
        self.isInRounds = isInRounds
        self.names = names
    }

    /// `nil` where the design ran in no round.
    init?(_ name: String, in rounds: [Round], confidence: Double = 0.95, names: PlaceNames = .own) {
        let runs = rounds.enumerated().compactMap { number, round in
            round.runs[name].map {
                Run(
                    round: number, seconds: $0.seconds, control: round.control, profile: $0.profile,
                    tally: RunTally($0.profile, names), caveats: $0.profile.caveats + $0.profile.lockstepCaveats)
            }
        }
        guard let first = runs.first?.profile else { return nil }
        self.init(name: name, runs: runs, first: first, confidence: confidence, isInRounds: true, names: names)
    }

    var hasLines: Bool { runs.contains { !$0.tally.lines.isEmpty } }
    /// Which times the design reports.
    var reported: ReportedTimes { ReportedTimes(first) }
    var ledger: Ledger? { Ledger.sum(of: runs.compactMap(\.profile.ledger)) }
    var wholes: [Double] { runs.map(\.tally.whole) }
}

extension Profile {
    /// What the analysis of this run alone finds of lockstep, which only a periodic schedule can be in.
    var lockstepCaveats: [Caveat] {
        guard schedule == .periodic, let findings = try? RunAnalysis.findings(of: self) else { return [] }
        return findings.caveats.filter { $0.code == "aliasing" }
    }
}
