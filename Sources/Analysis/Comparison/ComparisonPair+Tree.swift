import ProfileModel
import Statistics

extension ComparisonPair {
    /// The call trees of both as one, in shares at common resolution: a C function's time is its caller's, and functions match
    /// by file, first line and bare name. `nil` where there are too few runs to test, or no whole stacks.
    var tree: ChangedTree? {
        guard min(runsOfA.count, runsOfB.count) >= Jackknife.fewestRounds, a.first.inclusive == nil,
            b.first.inclusive == nil
        else { return nil }
        var tree = ComparedTree()
        func shares(_ runs: [ComparisonArm.Run]) -> [VersionTimes<Int>.Run] {
            runs.map { run in
                let places = tree.places(of: run.profile) { function in
                    function.isC ? nil : FlameFrame(function.bare, .own)
                }
                return ComparedTree.times(run.profile, places, whole: 1, nanoseconds: max(1, run.tally.whole))
            }
        }
        let times = VersionTimes(old: shares(runsOfA), new: shares(runsOfB), arePaired: arePaired)
        return tree.changed(times, names: [a.name, b.name], unit: .shares)
    }
}

extension Function {
    /// As all tools tell it.
    fileprivate var bare: Function { Function(name: name, qualname: name, file: file, line: line) }
}
