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
        let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        var profile = onPlaces(count: names.count, in: scope) { name($0).flatMap { places[$0] } }
        profile.functions = names.map { Function(name: $0, qualname: $0, file: nil, line: 0) }
        return profile
    }

    /// The same of places without names: the estimate of each, by its number.
    func estimates(count: Int, in scope: Scope, _ number: (Sample) -> Int?) -> [Estimate] {
        let placed = onPlaces(count: count, in: scope, number)
        let places = Places(ofStacks: placed.stacks.locations.map { $0.index < 0 ? nil : $0.index })
        return placed.estimator(Scope(wholeOf: placed)).estimates(places.own)
    }

    private func onPlaces(count: Int, in scope: Scope, _ number: (Sample) -> Int?) -> Profile {
        var profile = scope.within == nil ? self : keeping { scope.holds[$0.stack.index] }
        profile.stacks = StackTable()
        profile.functions = (0..<count).map { _ in Function(name: "", qualname: "", file: nil, line: 0) }
        profile.locations = (0..<count).map { Location(function: FunctionID($0), line: 0) }
        let stacks = (0..<count).map { profile.stacks.push(LocationID($0), onto: .empty) }
        for (at, sample) in samples.enumerated() {
            let isIn = scope.holds[sample.stack.index]
            profile.samples[at].stack = isIn ? number(sample).map { stacks[$0] } ?? .empty : .empty
        }
        return profile
    }
}
