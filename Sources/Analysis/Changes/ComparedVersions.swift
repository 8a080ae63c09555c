import ProfileModel
import Statistics

/// All runs of two versions of a program, and what they say of the change.
struct ComparedVersions {
    let old: ComparisonArm
    let new: ComparisonArm
    let paths: VersionPaths
    /// The version before a second time, in every round.
    let again: ComparisonArm?
    let places: (old: VersionPlaces, new: VersionPlaces)

    /// - Parameter arm: makes the runs of a version, to be compared by the names given.
    init?(
        old: [Profile], new: [Profile], _ paths: VersionPaths,
        arm: (_ isOld: Bool, _ names: PlaceNames) -> ComparisonArm?,
        again: (PlaceNames) -> ComparisonArm? = { _ in nil }
    ) {
        places = (VersionPlaces(old, paths.old), VersionPlaces(new, paths.new))
        let names = VersionMatching(old: places.old, new: places.new).names
        guard let before = arm(true, names), let after = arm(false, .own) else { return nil }
        (self.old, self.new, self.paths) = (before, after, paths)
        self.again = again(names)
    }

    var arePaired: Bool { old.isInRounds && new.isInRounds }

    /// `nil` where the two are not measured alike, so that there is nothing to compare.
    var findings: ChangeFindings? {
        guard old.first.clock == new.first.clock, old.first.design == new.first.design, old.reported.selfTimes,
            new.reported.selfTimes
        else { return nil }
        let (before, after) = (runs(of: old, again, paths.old), runs(of: new, nil, paths.new))
        let times = FunctionTimes(old: before, new: after, paths: paths, arePaired: arePaired)
        var findings = ChangeFindings(
            before: version(old), after: version(new), duration: duration(before, after),
            functions: FunctionChangeList(times, old: places.old, new: places.new).findings,
            lines: LineChangeList(self, before, after).findings, selfTest: selfTest,
            estimand: times.own.areSingle ? .thisRun : .expectedRun, interval: interval(before.count, after.count))
        findings.tree = tree
        return findings
    }

    /// In rounds, two runs of one version count as one, which is nearer to its mean.
    private func runs(of arm: ComparisonArm, _ again: ComparisonArm?, _ paths: PortablePaths) -> [VersionRun] {
        each(arm, again) { VersionRun($0, paths) }
    }

    /// What a function makes of every run.
    func each<Result: Averaging>(
        _ arm: ComparisonArm, _ again: ComparisonArm?, _ result: (ComparisonArm.Run) -> Result
    ) -> [Result] {
        let second = Dictionary((again?.runs ?? []).map { ($0.round, $0) }) { first, _ in first }
        return arm.runs.map { run in
            let first = result(run)
            return second[run.round].map { .mean(first, result($0)) } ?? first
        }
    }

    private func version(_ arm: ComparisonArm) -> ChangeFindings.Version {
        ChangeFindings.Version(
            name: arm.name, program: arm.first.program, python: arm.first.python, runs: arm.runs.count)
    }

    private var selfTest: Ratio? {
        guard let again else { return nil }
        let second = Dictionary(again.runs.map { ($0.round, $0.seconds) }) { first, _ in first }
        let pairs = old.runs.compactMap { run in second[run.round].map { (run.seconds, $0) } }
        return Jackknife.ratio(pairs.map(\.1), to: pairs.map(\.0)).map(Ratio.init)
    }
}

extension ComparedVersions {
    private func duration(_ old: [VersionRun], _ new: [VersionRun]) -> DurationChange {
        func run(_ run: VersionRun) -> VersionTimes<Int>.Run {
            .init(whole: run.seconds, times: [0: run.seconds], errors: SamplingErrors.none)
        }
        let times = VersionTimes(old: old.map(run), new: new.map(run), arePaired: arePaired)
        let change = times.change(of: [0: 1])
        return DurationChange(
            seconds: TimeChange(before: times.before(0), after: times.after(0), change),
            ratio: ratio(times, change), p: change?.p)
    }

    /// Of runs that are not paired, with the interval of the difference over the mean before.
    private func ratio(_ times: VersionTimes<Int>, _ change: StudentMean?) -> Ratio? {
        let before = times.before(0)
        guard before > 0 else { return nil }
        if arePaired {
            return Jackknife.ratio(times.new.map(\.whole), to: times.old.map(\.whole)).map(Ratio.init)
        }
        let bounds = change?.bounds(error: 0.025)
        return Ratio(
            ratio: times.after(0) / before, low: bounds.map { 1 + $0.low / before },
            high: bounds.map { 1 + $0.high / before })
    }

    private func interval(_ old: Int, _ new: Int) -> String {
        let adjusted = "95 %, tests adjusted by Benjamini and Yekutieli"
        if old == 1, new == 1 {
            let assumed = Words.percent(VersionTimes<Int>.assumedVariation)
            return
                "sampling error, and times that vary by \(assumed) from run to run, which is an assumption; \(adjusted)"
        }
        if arePaired { return "Student's t over \(old) rounds, paired; shares by jackknife; \(adjusted)" }
        return "Welch's t over \(old) and \(new) runs; shares by jackknife; \(adjusted)"
    }
}
