import ProfileModel

/// Profiles of which several are of the same program by the same tool: runs that differ by chance alone.
///
/// With enough of each kind, the question is whether the *programs* (or the designs) differ, not whether two runs do.
struct RepeatedRuns {
    /// What makes runs repeats of each other.
    private struct Kind: Hashable {
        var design: String
        var clock: Clock
        var schedule: Schedule?
        var rate: Double?
        var python: String
        var program: [String]

        init(_ profile: Profile) {
            (design, clock, schedule, rate) = (profile.design, profile.clock, profile.schedule, profile.rate)
            (python, program) = (profile.python, profile.program)
        }
    }

    /// Fewer tell nothing of how runs vary.
    private static let fewest = 3

    let arms: [ComparisonArm]

    /// `nil` unless there are several kinds, with at least three runs of each.
    init?(_ profiles: [(name: String, profile: Profile)]) {
        let kinds = Dictionary(grouping: profiles.indices) { Kind(profiles[$0].profile) }.values.sorted { $0[0] < $1[0] }
        guard kinds.count > 1, kinds.allSatisfy({ $0.count >= Self.fewest }) else { return nil }
        arms = kinds.map { members in
            ComparisonArm(
                repeats: members.map { profiles[$0].profile },
                name: "\(profiles[members[0]].name) and \(members.count - 1) more")
        }
    }

    /// Of the kind with the fewest.
    var count: Int { arms.map(\.runs.count).min() ?? 0 }
}

extension ComparisonArm {
    /// Runs without a control, one a round in the order given: any pairing of independent runs is as good.
    init(repeats profiles: [Profile], name: String) {
        self.init(
            name: name,
            runs: profiles.enumerated().map { round, profile in
                Run(
                    round: round, seconds: profile.seconds, control: nil, profile: profile, tally: RunTally(profile),
                    caveats: profile.caveats + profile.lockstepCaveats)
            },
            first: profiles[0], confidence: 0.95)
    }
}
