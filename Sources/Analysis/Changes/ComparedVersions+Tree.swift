import ProfileModel

extension ComparedVersions {
    /// The call trees of both as one, in seconds.
    var tree: ChangedTree {
        var tree = ComparedTree()
        let isAlone = old.runs.count == 1 && new.runs.count == 1
        func times(_ arm: ComparisonArm, _ again: ComparisonArm?, _ paths: PortablePaths) -> [VersionTimes<Int>.Run] {
            each(arm, again) { run in
                let places = tree.places(of: run.profile, frames(of: run.profile, paths))
                let whole = run.tally.whole * 1e-9
                return ComparedTree.times(
                    run.profile, places, whole: whole, nanoseconds: 1e9,
                    errors: isAlone ? SamplingErrors(totalsOf: run.profile, places, whole: whole) : nil)
            }
        }
        let (before, after) = (times(old, again, paths.old), times(new, nil, paths.new))
        return tree.changed(
            VersionTimes(old: before, new: after, arePaired: arePaired), names: [old.name, new.name], unit: .seconds)
    }

    private func frames(of profile: Profile, _ paths: PortablePaths) -> (Function) -> FlameFrame? {
        let code = OwnCode(profile)
        return { FlameFrame(named($0, paths), code.kind(of: $0)) }
    }

    /// A function as both versions name it, where it stands in the new one if that has it.
    private func named(_ function: Function, _ paths: PortablePaths) -> Function {
        guard let file = function.file else { return function }
        let matched = MatchedFunction(file: paths(file), qualname: function.qualname)
        let line = (places.new.functions[matched] ?? places.old.functions[matched])?.first?.line ?? function.line
        return Function(name: function.name, qualname: function.qualname, file: matched.file, line: line)
    }
}
