import ProfileModel
import Statistics

extension ComparisonPair {
    /// The two runs' profiles, where there is one of each and each may be compared by its own sampling error.
    private var singleRuns: (a: Profile, b: Profile)? {
        guard runsOfA.count == 1, runsOfB.count == 1, IntervalMethod(runsOfA[0].profile).isValid,
            IntervalMethod(runsOfB[0].profile).isValid
        else { return nil }
        return (runsOfA[0].profile, runsOfB[0].profile)
    }

    var areSingleRuns: Bool { singleRuns != nil }

    var runsByFunction: ComparisonOfRuns<FunctionKey>? {
        singleRuns.flatMap {
            ComparisonOfRuns(
                $0.a, $0.b, by: (Places(pythonFunctionsOf: $0.a, a.names), Places(pythonFunctionsOf: $0.b, b.names)))
        }
    }

    var runsByLine: ComparisonOfRuns<SourceLine>? {
        guard haveLines else { return nil }
        return singleRuns.flatMap {
            ComparisonOfRuns($0.a, $0.b, by: (Places(linesOf: $0.a, a.names), Places(linesOf: $0.b, b.names)))
        }
    }

    /// What single runs differ by, place by place; none where there are several runs or no valid interval.
    func runDifferences() -> [RunDifference] {
        let functions = runsByFunction?.differences.map { runDifference($0, .function, $0.place) } ?? []
        let lines = runsByLine?.differences.map { difference in
            let line = difference.place
            let names = [a.functionName(ofCommon: line), b.functionName(ofCommon: line)]
            let key = FunctionKey(file: line.file, line: line.line, name: names.first { !$0.isEmpty } ?? "")
            return runDifference(difference, .line, key)
        }
        return functions + (lines ?? [])
    }

    private func runDifference<Place>(
        _ difference: ComparisonOfRuns<Place>.Difference, _ by: Resolution, _ key: FunctionKey
    ) -> RunDifference {
        let estimate = difference.estimate
        return RunDifference(
            a: a.name, b: b.name, by: by, function: key.name, file: key.file, line: key.line, shareA: difference.a,
            shareB: difference.b,
            difference: Interval(mean: estimate.value, low: estimate.bounds.low, high: estimate.bounds.high),
            unadjustedP: estimate.p, p: difference.adjustedP)
    }
}
