/// Who calls whom, in any run of either version.
struct CallNeighbours {
    private var callers: [MatchedFunction: Set<MatchedFunction>] = [:]
    private var callees: [MatchedFunction: Set<MatchedFunction>] = [:]

    init(_ calls: some Sequence<Set<GateRun.Call>>) {
        let all = calls.reduce(into: Set()) { $0.formUnion($1) }
        for call in all where call.caller != call.callee {
            callers[call.callee, default: []].insert(call.caller)
            callees[call.caller, default: []].insert(call.callee)
        }
    }

    /// The callers and callees of a function, and through those that only one version has, theirs.
    ///
    /// - Parameter isPassable: of a function that only one version has.
    func neighbours(of function: MatchedFunction, through isPassable: (MatchedFunction) -> Bool) -> Set<MatchedFunction>
    {
        var (found, open) = (Set([function]), [function])
        while let next = open.popLast() {
            for near in callers[next, default: []].union(callees[next, default: []]) where found.insert(near).inserted {
                if isPassable(near) { open.append(near) }
            }
        }
        return found.subtracting([function])
    }

    /// All that a function calls, at any depth.
    func descendants(of function: MatchedFunction) -> Set<MatchedFunction> {
        var (found, open) = (Set<MatchedFunction>(), [function])
        while let next = open.popLast() {
            for callee in callees[next, default: []] where found.insert(callee).inserted { open.append(callee) }
        }
        return found
    }
}
