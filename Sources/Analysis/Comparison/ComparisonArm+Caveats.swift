import ProfileModel
import Statistics

extension ComparisonArm {
    /// What the runs' profiles say, each caveat once, and what follows from there being several runs.
    func caveats(callsVary: Bool) -> [Caveat] {
        var caveats = profileCaveats
        if !first.instantsAreOwn, !caveats.contains(where: { $0.code == "instants-not-ours" }) {
            caveats.append(
                Caveat(
                    code: "instants-not-ours",
                    text: "The program decides when `\(name)` may look: "
                        + "its intervals show how repeatable the shares are, not how accurate."))
        }
        if runs.count < Jackknife.fewestRounds {
            caveats.append(
                Caveat(
                    code: "few-runs",
                    text: "An interval over runs needs at least \(Jackknife.fewestRounds) runs; "
                        + "`\(name)` has \(runs.count)."))
        }
        let lost = LostPlaces(runs.map(\.profile))
        if let missed = RunCaveats.missedTicks(ledger, around: lost, isFilled: first.instantsAreOwn) {
            caveats.append(missed)
        }
        if callsVary {
            caveats.append(
                Caveat(
                    code: "calls-vary",
                    text: "Some functions are called more often in some runs than in others: their calls are means."))
        }
        return caveats
    }

    /// By code; where only some runs have it, or their texts differ, the first is quoted with a count.
    private var profileCaveats: [Caveat] {
        var byCode: [String: [Caveat]] = [:]
        var codes: [String] = []
        for run in runs {
            var seen: Set<String> = []
            for caveat in run.caveats where seen.insert(caveat.code).inserted {
                if byCode[caveat.code] == nil { codes.append(caveat.code) }
                byCode[caveat.code, default: []].append(caveat)
            }
        }
        return codes.compactMap { byCode[$0].flatMap(merged) }
    }

    private func merged(_ caveats: [Caveat]) -> Caveat? {
        guard let one = caveats.first else { return nil }
        if caveats.count == runs.count, Set(caveats).count == 1 { return one }
        return Caveat(code: one.code, text: "In \(caveats.count) of \(runs.count) runs, for example: \(one.text)")
    }
}
