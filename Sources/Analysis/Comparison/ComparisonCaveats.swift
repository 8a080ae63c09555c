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
            text: "`\(a.name)` tells \(a.first.clock.rawValue) time and `\(b.name)` tells "
                + "\(b.first.clock.rawValue) time: they are not compared.")
    }

    private static func programMismatch(_ a: ComparisonArm, _ b: ComparisonArm) -> Caveat? {
        let programs = (a.first.program, b.first.program)
        // Many foreign formats do not say what was run.
        guard !programs.0.isEmpty, !programs.1.isEmpty, programs.0 != programs.1 else { return nil }
        return Caveat(
            code: "program-mismatch",
            text: "`\(a.name)` is of `\(programs.0.joined(separator: " "))` and `\(b.name)` is of "
                + "`\(programs.1.joined(separator: " "))`: they may differ because the programs do.")
    }

    /// Said where so few rounds can give no p-value, or none that is small.
    ///
    /// Total variation is the same with all labels swapped, so its least p is 2¹⁻ᴿ.
    static func fewRounds(_ rounds: Int) -> Caveat? {
        let least = Permutation.leastP(rounds: rounds)
        guard rounds < ComparisonPair.fewestRoundsForP || least > 0.05 else { return nil }
        let bound = "swapping labels within \(rounds == 1 ? "1 round" : "\(rounds) rounds") "
            + "cannot give a p below 2^(1-\(rounds)) = \(Words.decimals(least, 4)), however far apart they are"
        return Caveat(
            code: "few-runs",
            text: rounds < ComparisonPair.fewestRoundsForP
                ? "No p is given for total variations under \(ComparisonPair.fewestRoundsForP) rounds: \(bound)."
                : "The p of total variations is coarse: \(bound).")
    }
}
