import Statistics

/// The times of functions in both versions, and who calls whom.
struct FunctionTimes {
    let own: VersionTimes<MatchedFunction>
    let total: VersionTimes<MatchedFunction>
    let calls: CallNeighbours

    init(old: [VersionRun], new: [VersionRun], paths: VersionPaths, arePaired: Bool) {
        let isAlone = old.count == 1 && new.count == 1
        func own(_ run: VersionRun, _ paths: PortablePaths) -> VersionTimes<MatchedFunction>.Run {
            .init(
                run.profile, whole: run.whole, times: run.functions.functions.mapValues(\.own),
                Places(pythonFunctionsOf: run.profile) { function, file in
                    MatchedFunction(file: paths(file), qualname: function.qualname)
                }, isAlone: isAlone)
        }
        func total(_ run: VersionRun) -> VersionTimes<MatchedFunction>.Run {
            .init(whole: run.whole, times: run.functions.functions.mapValues(\.total))
        }
        self.own = VersionTimes(
            old: old.map { own($0, paths.old) }, new: new.map { own($0, paths.new) }, arePaired: arePaired)
        self.total = VersionTimes(old: old.map(total), new: new.map(total), arePaired: arePaired)
        calls = CallNeighbours((old + new).map(\.functions.calls))
    }
}

extension FunctionTimes: OwnTimeChanges {
    func isInOneVersion(_ function: MatchedFunction) -> Bool {
        (total.before(function) == 0) != (total.after(function) == 0)
    }

    func change(ofOwn weights: [MatchedFunction: Double]) -> StudentMean? { own.change(of: weights) }
}
