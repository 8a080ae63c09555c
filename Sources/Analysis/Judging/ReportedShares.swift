import ProfileModel

/// What one profile reports of the time within a function: the figures that a known truth can be held against.
///
/// Whose functions they are is told by the bare name, which is all that every tool writes.
public struct ReportedShares: Sendable, Codable, Equatable {
    /// A total share of the time within, with the tool's own interval where it gives one.
    public struct Share: Sendable, Codable, Equatable {
        public var share: Double
        public var low: Double?
        public var high: Double?

        public init(share: Double, low: Double? = nil, high: Double? = nil) {
            (self.share, self.low, self.high) = (share, low, high)
        }
    }

    /// Of Python functions, by bare name; a function that was not seen is missing.
    public var functions: [String: Share]
    /// Of the lines of the file that the function is in; none where the tool tells no lines.
    public var lines: [Int: Share] = [:]
    /// Seconds of functions in the whole run, by bare name.
    public var seconds: [String: Double] = [:]
    /// How often a sampler saw the program within the function, whatever the number of threads; `nil` for tracers.
    public var looks: Double?
    /// Seconds within; `nil` where the tool tells shares alone.
    public var secondsWithin: Double?
    /// Whether the intervals are such as the tool promises to cover.
    public var hasIntervals: Bool { functions.values.contains { $0.low != nil } }

    public init(
        functions: [String: Share], lines: [Int: Share] = [:], looks: Double? = nil, secondsWithin: Double?,
        seconds: [String: Double] = [:]
    ) {
        (self.functions, self.lines, self.looks) = (functions, lines, looks)
        (self.secondsWithin, self.seconds) = (secondsWithin, seconds)
    }
}

extension ReportedShares {
    /// Only what is reported of these functions.
    public func of(_ names: some Collection<String>) -> ReportedShares {
        var reported = self
        let names = Set(names)
        reported.functions = functions.filter { names.contains($0.key) }
        reported.seconds = seconds.filter { names.contains($0.key) }
        return reported
    }

    /// - Parameter within: the bare name of the function.
    /// - Throws: `AnalysisError` where the profile does not report the time with callees of that function.
    public init(_ profile: Profile, within name: String) throws(AnalysisError) {
        let profile = profile.withRemadeFunctionsAsOne
        if profile.inclusive == nil {
            try self.init(stacksOf: profile, within: name)
        } else {
            try self.init(totalsOf: profile, within: name)
        }
    }

    /// Of a tool that reports whole stacks.
    private init(stacksOf profile: Profile, within name: String) throws(AnalysisError) {
        let findings = try RunAnalysis.findings(of: profile, within: name)
        let scope = try Scope(profile, within: name)
        self.init(
            functions: Self.shares(findings.functions.filter { $0.file != nil }.map { ($0.name, $0.total) }),
            looks: profile.kind == .sampling ? Self.looks(profile, scope) : nil,
            secondsWithin: findings.functions.first { $0.name == name }?.total.seconds)
        let file = findings.functions.first { $0.name == name && $0.file != nil }?.file
        lines = Self.shares(findings.lines.filter { $0.file == file }.map { ($0.line, $0.total) })
        seconds = Self.seconds(profile)
    }

    /// Of a tool that reports each function's time with callees, and no whole stacks.
    private init(totalsOf profile: Profile, within name: String) throws(AnalysisError) {
        let findings = try RunAnalysis.findings(of: profile)
        let functions = findings.functions.filter { $0.file != nil }
        guard let whole = functions.first(where: { $0.name == name })?.total.seconds, whole > 0 else {
            throw AnalysisError("the tool does not tell the time with callees of '\(name)'")
        }
        let all = Self.seconds(functions)
        self.init(functions: all.mapValues { Share(share: $0 / whole) }, secondsWithin: whole, seconds: all)
    }

    /// Of equal keys the largest: one name may be that of several functions, of which the program runs one.
    private static func shares<Key: Hashable>(_ estimates: [(Key, Estimate)]) -> [Key: Share] {
        let known = estimates.compactMap { key, estimate in
            estimate.share.map { (key, Share(share: $0, low: estimate.low, high: estimate.high)) }
        }
        return Dictionary(known) { $0.share >= $1.share ? $0 : $1 }
    }

    private static func seconds(_ functions: [FunctionFinding]) -> [String: Double] {
        let known = functions.compactMap { function in function.total.seconds.map { (function.name, $0) } }
        return Dictionary(known, uniquingKeysWith: max)
    }

    /// Of all the run, by stacks.
    private static func seconds(_ profile: Profile) -> [String: Double] {
        let places = RunPlaces(profile)
        let scope = Scope(wholeOf: profile)
        let load = StackLoad(profile, scope, WeightUnit(profile))
        let totals = places.functionTotal.sums(ofStackValues: load.weight)
        let known = zip(places.functions.keys, totals).filter { !$0.0.isC }
        return Dictionary(known.map { ($0.name, $1 * load.secondsPerWeight) }, uniquingKeysWith: max)
    }

    /// Ticks that saw the program within; of tools that number none, stacks seen over the threads that they are of.
    private static func looks(_ profile: Profile, _ scope: Scope) -> Double {
        let samples = profile.samples.filter { scope.holds[$0.stack.index] }
        let ticks = Set(samples.compactMap { sample in sample.tick.map { SIMD2(profile.process(of: sample), $0) } })
        if !ticks.isEmpty { return Double(ticks.count) }
        let threads = Set(samples.map(\.thread)).count
        return samples.reduce(0) { $0 + profile.looks(of: $1) } / Double(max(1, threads))
    }
}

extension Profile {
    /// A function that is made from a text again and again is one function, under whatever name each text was compiled.
    fileprivate var withRemadeFunctionsAsOne: Profile {
        var profile = self
        for index in functions.indices where functions[index].file.map(CodeOrigin.isText) == true {
            profile.functions[index].file = "<text>"
        }
        return profile
    }

    /// How many looks at the program a sampler's sample stands for. Some tools put times where others put counts, so it
    /// is no more than there were intervals in its time.
    func looks(of sample: Sample) -> Double {
        let count = Double(max(0, sample.count))
        guard let rate, sample.nanoseconds > 0 else { return count }
        return min(count, max(1, Double(sample.nanoseconds) / 1e9 * rate))
    }
}
