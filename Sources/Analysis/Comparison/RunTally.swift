import ProfileModel

/// What one run says, by function and by line: the numbers that a round gives for one design. Times in nanoseconds.
struct RunTally {
    private(set) var functions: [Function: Tally<Function>.Entry]
    private(set) var lines: [SourceLine: Tally<SourceLine>.Entry]
    /// By line, the function that it is said to be in.
    let functionOfLine: [SourceLine: Function]
    /// The same of lines as they are compared.
    let functionOfCommonLine: [SourceLine: Function]
    let common: CommonResolution
    let whole: Double
    /// Of calibrated tracers.
    let compensated: TallyCompensation?

    /// - Parameter names: what its places are compared by.
    init(_ profile: Profile, _ names: PlaceNames = .own) {
        let time = StackTime(profile)
        let (places, scope) = (RunPlaces(profile), Scope(wholeOf: profile))
        whole = time.whole
        functions = Tally(places.functions, total: places.functionTotal, weights: time.own, profile, scope).byKey
        functions.merge(Self.called(profile)) { own, _ in own }
        lines = Tally(places.lines, total: places.lineTotal, weights: time.own, profile, scope).byKey
        functionOfLine = profile.functionOfLine
        functionOfCommonLine = names.named(functionOfLine)
        common = CommonResolution(profile, time, names.isOwn ? places.lines : Places(linesOf: profile, names), names)
        compensated = TallyCompensation(profile, time, places)
        bound(ReportedTimes(profile).measuredTotals(profile.functions))
    }

    /// The C functions that a sampler names.
    private static func called(_ profile: Profile) -> [Function: Tally<Function>.Entry] {
        guard profile.isOfTicks, let called = profile.onCalled(in: Scope(wholeOf: profile)) else { return [:] }
        let places = Places(functionsOf: called)
        let tally = Tally(
            places, total: places.total(called.stacks), weights: StackTime(called).own, called, Scope(wholeOf: called))
        return Dictionary(uniqueKeysWithValues: tally.byKey.map { (Function(ofC: $0.qualname), $1) })
    }

    /// Times in files may be longer than the run.
    ///
    /// - Parameter measured: total times as the tool measured them; `nil` where they follow from stacks.
    private mutating func bound(_ measured: [Function: Double]?) {
        if let measured {
            for function in functions.keys { functions[function]?.total = min(whole, measured[function] ?? 0) }
        }
        for (line, entry) in lines { lines[line]?.total = min(whole, entry.total) }
    }
}
