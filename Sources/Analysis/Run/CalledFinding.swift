import ProfileModel

/// The C functions that a sampler names beside its stacks: their callers have their time as their own, and they have it once more.
enum CalledAnalysis {
    static func findings(_ profile: Profile, _ scope: Scope, _ method: IntervalMethod) -> [FunctionFinding] {
        guard profile.isOfTicks, let called = profile.onCalled(in: scope) else { return [] }
        let numbers = Dictionary(uniqueKeysWithValues: zip(called.functions.map(\.qualname), Int32(0)...))
        let kinds = FunctionKinds(profile, scope) { $0.called.flatMap { numbers[$0] } }
        return called.sharesOfTops(method).map { qualname, own in
            let function = Function(ofC: qualname)
            return FunctionFinding(
                name: function.name, qualname: qualname, file: nil, line: 0, calls: nil, self: own.estimate,
                total: own.estimate.alone, designEffect: own.designEffect, detectable: own.detectable
            ).with(kinds, of: numbers[qualname] ?? -1)
        }
    }
}

extension RunFindings {
    /// Whether C functions are among its functions that are named beside the stacks, so that self shares add up to more than all.
    public var namesCallees: Bool { kind == .sampling && ledger != nil && functions.contains { $0.file == nil } }
}

extension Profile {
    /// The same samples by the C function that each called; `nil` where none is named.
    func onCalled(in scope: Scope) -> Profile? {
        let names = Set(samples.compactMap(\.called)).sorted()
        return names.isEmpty ? nil : onPlaces(names, in: scope, \.called)
    }
}

extension Estimate {
    /// Without what holds for all functions at once, which is said of self times.
    fileprivate var alone: Estimate {
        var alone = self
        (alone.simultaneousLow, alone.simultaneousHigh) = (nil, nil)
        return alone
    }
}
