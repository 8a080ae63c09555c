import ProfileModel
import Statistics

/// Puts what several designs say of one program side by side.
public enum Comparison {
    /// The findings of rounds in which every design, and a control, ran the program once.
    ///
    /// - Parameters:
    ///   - designs: the designs' names in the order of the report; one that never ran is left out.
    ///   - confidence: of the intervals over rounds.
    public static func findings(
        rounds: [Round], designs: [String], program: [String], audit: [String: String], confidence: Double = 0.95
    ) -> CompareFindings {
        let firstLines = FirstLines(rounds.lazy.flatMap(\.runs.values).map(\.profile))
        let rounds = rounds.map { $0.completed(by: firstLines) }
        let arms = designs.compactMap { ComparisonArm($0, in: rounds, confidence: confidence) }
        let control = ControlFinding(rounds, confidence: confidence)
        var findings = CompareFindings(
            program: program, python: arms.map(\.first.python).first { !$0.isEmpty } ?? "",
            runs: rounds.count, clock: arms.first?.first.clock ?? .wall, control: control, audit: audit)
        findings.designs = arms.map(\.finding)
        findings.caveats = [control?.drift].compactMap { $0 }
        findings.addPairs(of: arms, isAliasing: findings.designs.map(\.isAliasing))
        return findings
    }
}

extension CompareFindings {
    /// Compares every two designs.
    mutating func addPairs(of arms: [ComparisonArm], isAliasing: [Bool]) {
        let evidence = zip(arms, isAliasing).map { DesignEvidence($0, isAliasing: $1) }
        caveats += Self.mismatches(arms)
        var pairs: [ComparisonPair] = []
        for (i, j) in Self.pairs(arms.count) where arms[i].first.clock == arms[j].first.clock {
            guard let pair = ComparisonPair(arms[i], arms[j]) else { continue }
            pairs.append(pair)
            agreement += pair.agreements()
            differences += pair.runDifferences()
            if let order = pair.rankAgreement() { ranks.append(order) }
            disagreements += pair.disagreements((evidence[i], evidence[j]))
            trees += [pair.tree].compactMap { $0 }
        }
        disagreements.sort { abs($0.difference.mean) > abs($1.difference.mean) }
        caveats += Self.fewRuns(pairs)
    }

    static func pairs(_ count: Int) -> [(Int, Int)] {
        (0..<count).flatMap { i in (i + 1..<max(i + 1, count)).map { (i, $0) } }
    }
}

extension DesignFinding {
    var isAliasing: Bool { caveats.contains { $0.code == "aliasing" } }
}
