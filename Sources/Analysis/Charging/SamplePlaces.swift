import ProfileModel

extension Profile {
    /// Whether a sampler of ours made it: every sample is of a tick.
    var isOfTicks: Bool { kind == .sampling && samples.allSatisfy { $0.tick != nil } }

    /// The shares of such places that were seen, the greatest first.
    func sharesOfTops(_ method: IntervalMethod) -> [(name: String, own: SelfShare)] {
        let whole = Scope(wholeOf: self)
        let places = Places(ofStacks: namesOfTops)
        let load = StackLoad(self, whole, WeightUnit(self))
        let shares = SampledShares(
            TickSeries(self, whole), method: method, ledger: ledger, secondsPerWeight: load.secondsPerWeight)
        let found = zip(places.keys, shares.selfShares(places.own, functions: places.keys.count))
        return found.map { (name: $0, own: $1) }.filter { ($0.own.estimate.share ?? 0) > 0 }.sorted {
            (-($0.own.estimate.share ?? 0), $0.name) < (-($1.own.estimate.share ?? 0), $1.name)
        }
    }

    /// By stack.
    private var namesOfTops: [String?] {
        stacks.locations.map { $0.index < 0 ? nil : functions[locations[$0.index].function.index].name }
    }

    /// The same samples with their stacks replaced by one place each that they know and their stacks do not.
    ///
    /// What is not in scope stays out; a sample without such a place stays, and is at none. So places of any kind, such as
    /// instructions, are charged, with intervals, as functions are.
    ///
    /// - Parameters:
    ///   - names: of all places.
    ///   - name: that of a sample's.
    func onPlaces(_ names: [String], in scope: Scope, _ name: (Sample) -> String?) -> Profile {
        var profile = self
        var stacks: [String: StackID] = [:]
        profile.stacks = StackTable()
        profile.functions = names.map { Function(name: $0, qualname: $0, file: nil, line: 0) }
        profile.locations = names.indices.map { Location(function: FunctionID($0), line: 0) }
        for (index, name) in names.enumerated() { stacks[name] = profile.stacks.push(LocationID(index), onto: .empty) }
        profile.samples = samples.filter { scope.holds[$0.stack.index] }
        for index in profile.samples.indices {
            profile.samples[index].stack = name(profile.samples[index]).flatMap { stacks[$0] } ?? .empty
        }
        return profile
    }
}
