import ProfileModel
import Statistics

/// Profiles of which several are of the same program by the same tool: runs that differ by chance alone.
///
/// With enough of one kind, the question is whether the *programs* (or the designs) differ, not whether two runs do:
/// a kind of which there are few runs is taken to vary from run to run as the others do.
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

    let arms: [ComparisonArm]

    /// `nil` unless there are several kinds, with enough runs of one of them to tell how runs vary.
    init?(_ profiles: [(name: String, profile: Profile)]) {
        var kinds = Self.groups(profiles.map { Kind($0.profile) })
        // A program that was edited has one command line before and after: then the files' names tell them apart.
        if kinds.count == 1 { kinds = Self.groups(profiles.map { Self.unnumbered($0.name) }) }
        guard kinds.count > 1, kinds.contains(where: { $0.count >= Jackknife.fewestRounds }) else { return nil }
        arms = kinds.map { members in
            let name = profiles[members[0]].name
            return ComparisonArm(
                repeats: members.map { profiles[$0].profile },
                name: members.count == 1 ? name : "\(name) and \(members.count - 1) more")
        }
    }

    /// The numbers of equal keys, in the order of the first of each.
    private static func groups(_ keys: [some Hashable]) -> [[Int]] {
        Dictionary(grouping: keys.indices) { keys[$0] }.values.sorted { $0[0] < $1[0] }
    }

    /// `old` of `old-3.pb.gz`: the name without ending and number.
    private static func unnumbered(_ name: String) -> String {
        let folder = name.lastIndex(of: "/").map { name[...$0] } ?? ""
        var file = name.dropFirst(folder.count)
        // A version has points, too; an ending has letters.
        while let point = file.lastIndex(of: "."), point > file.startIndex,
            file[point...].dropFirst().first?.isLetter == true
        {
            file = file[..<point]
        }
        let base = file.reversed().drop(while: \.isNumber).drop { "-_ ".contains($0) }.reversed()
        return folder + String(base)
    }

    /// Of the kind with the fewest.
    var count: Int { arms.map(\.runs.count).min() ?? 0 }
}

extension ComparisonArm {
    /// Runs on their own, without a control.
    init(repeats profiles: [Profile], name: String, names: PlaceNames = .own) {
        self.init(
            name: name,
            runs: profiles.enumerated().map { number, profile in
                Run(
                    round: number, seconds: profile.seconds, control: nil, profile: profile,
                    tally: RunTally(profile, names),
                    caveats: profile.caveats + profile.lockstepCaveats)
            },
            first: profiles[0], confidence: 0.95, isInRounds: false, names: names)
    }
}
