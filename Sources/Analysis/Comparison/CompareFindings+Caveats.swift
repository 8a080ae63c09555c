import ProfileModel
import Statistics

extension CompareFindings {
    /// What keeps designs from being compared, or makes the comparison doubtful.
    static func mismatches(_ arms: [ComparisonArm]) -> [Caveat] {
        pairs(arms.count).flatMap { i, j in
            [clockMismatch(arms[i], arms[j]), programMismatch(arms[i], arms[j])].compactMap { $0 }
        }
    }

    private static func clockMismatch(_ a: ComparisonArm, _ b: ComparisonArm) -> Caveat? {
        guard a.first.clock != b.first.clock else { return nil }
        return Caveat(
            code: "clock-mismatch",
            text: "`\(a.name)` measures \(a.first.clock.rawValue) time and `\(b.name)` measures "
                + "\(b.first.clock.rawValue) time: they are not compared.")
    }

    private static func programMismatch(_ a: ComparisonArm, _ b: ComparisonArm) -> Caveat? {
        let programs = (a.first.program, b.first.program)
        // Many foreign formats do not say what was run.
        guard !programs.0.isEmpty, !programs.1.isEmpty, !isOneProgram(programs.0, programs.1) else { return nil }
        return Caveat(
            code: "program-mismatch",
            text: "`\(a.name)` profiles `\(programs.0.joined(separator: " "))` and `\(b.name)` profiles "
                + "`\(programs.1.joined(separator: " "))`: they may differ because the programs do.")
    }

    /// Whether the same is run with the same arguments, in whatever folder it lies.
    private static func isOneProgram(_ a: [String], _ b: [String]) -> Bool {
        a.dropFirst() == b.dropFirst() && a[0].split(separator: "/").last == b[0].split(separator: "/").last
    }

    /// Said where there are so few runs that no p, or none that is small, can be given, and where one cannot know how
    /// runs vary; each once.
    static func fewRuns(_ pairs: [ComparisonPair]) -> [Caveat] {
        var caveats: [Caveat] = []
        for caveat in pairs.flatMap({ [$0.singleRuns, $0.coarseP] }).compactMap({ $0 }) where !caveats.contains(caveat)
        {
            caveats.append(caveat)
        }
        return caveats
    }
}

extension ComparisonPair {
    /// That repeats of one program differ, too, where there are not enough runs of each to see by how much.
    fileprivate var singleRuns: Caveat? {
        let few = [a, b].filter { $0.runs.count < Jackknife.fewestRounds }
        guard min(runsOfA.count, runsOfB.count) == 1 || !few.isEmpty && !arePaired else { return nil }
        let question =
            few.count == 1 && !arePaired
            ? "`\(few[0].name)` has too few runs to show how they vary; they are assumed to vary as the other's do. "
            : "Single runs can only show whether these two runs differ. "
        return Caveat(
            code: "single-runs",
            text: question
                + "Repeats of one program differ too (machine load, memory layout, hash order), so a small p between "
                + "single runs does not show that a program has changed. " + remedy)
    }

    private var remedy: String {
        let runs = Self.fewestRunsForP
        guard !arePaired else { return "Ask for at least \(runs) runs of each: `swprof compare --runs 10 PROGRAM`." }
        let numbers = (1...runs).map(String.init).joined(separator: " ")
        return
            "Record at least \(runs) runs of each, `for i in \(numbers); do swprof run -o old-$i.pb.gz PROGRAM; done` and the "
            + "same with `new-$i.pb.gz`, and compare them all: `swprof compare old-*.pb.gz new-*.pb.gz`."
    }

    /// Said where so few runs can give no p-value, or none that is small.
    ///
    /// Total variation is the same with all labels swapped, so its least p is two patterns' of all.
    fileprivate var coarseP: Caveat? {
        let least = Permutation.leastP(pairing)
        guard !areSingleRuns, !haveEnoughForP || least > 0.05 else { return nil }
        let bound =
            "\(pairing.inWords) cannot give a p below \(pairing.leastInWords) = \(Words.decimals(least, 4)), however far apart they are"
        let unit = arePaired ? "rounds" : "runs of each"
        return Caveat(
            code: "few-runs",
            text: haveEnoughForP
                ? "The p of total variations is coarse: \(bound)."
                : "No p is given for total variations under \(Self.fewestRunsForP) \(unit): \(bound).")
    }
}

extension RunPairing {
    fileprivate var inWords: String {
        switch self {
        case .rounds(let count): "swapping labels within \(count == 1 ? "1 round" : "\(count) rounds")"
        case .free(let a, let b): "dealing out the labels of \(a) and \(b) runs"
        }
    }

    fileprivate var leastInWords: String {
        switch self {
        case .rounds(let count): "2^(1-\(count))"
        case .free(let a, let b): "\(a == b ? 2 : 1)/C(\(a + b), \(a))"
        }
    }
}
