import ProfileModel

/// One profiled run of one version of a program: how long it took, and in which functions.
public struct GateRun: Sendable, Equatable {
    /// Seconds with a function on top of the stack, with the C functions that it calls, and anywhere on it.
    public struct Times: Sendable, Equatable {
        public var own: Double
        public var total: Double

        public init(own: Double, total: Double) { (self.own, self.total) = (own, total) }
    }

    /// That one function calls another.
    public struct Call: Hashable, Sendable {
        public var caller: MatchedFunction
        public var callee: MatchedFunction

        public init(_ caller: MatchedFunction, _ callee: MatchedFunction) {
            (self.caller, self.callee) = (caller, callee)
        }
    }

    /// Of the whole process.
    public var seconds: Double
    public var functions: [MatchedFunction: Times]
    public var calls: Set<Call>
    /// The functions whose code is the project's own, with their first lines.
    public var own: [MatchedFunction: Int]

    public init(
        seconds: Double, functions: [MatchedFunction: Times], calls: Set<Call> = [], own: [MatchedFunction: Int] = [:]
    ) {
        (self.seconds, self.functions, self.calls, self.own) = (seconds, functions, calls, own)
    }
}

extension GateRun {
    /// - Parameters:
    ///   - seconds: of the whole process; `nil` for the thread-time of the profile, as on the clock `cpu`.
    ///   - paths: what the version's files are called.
    public init(_ profile: Profile, seconds: Double?, paths: PortablePaths) {
        let time = StackTime(profile)
        let places = Places(pythonFunctionsOf: profile) { function, file in
            MatchedFunction(file: paths(file), qualname: function.qualname)
        }
        let own = places.own.sums(ofStackValues: time.own)
        let total = places.total(profile.stacks).sums(ofStackValues: time.own)
        let times = places.keys.indices.map { Times(own: own[$0] * 1e-9, total: total[$0] * 1e-9) }
        self.init(
            seconds: seconds ?? time.whole * 1e-9,
            functions: Dictionary(uniqueKeysWithValues: zip(places.keys, times)), calls: Self.calls(profile, places),
            own: Self.own(profile, paths))
    }

    private static func calls(_ profile: Profile, _ places: Places<MatchedFunction>) -> Set<Call> {
        let nearest = profile.nearestPythonStacks
        var calls: Set<Call> = []
        for stack in nearest.indices.dropFirst() where nearest[stack] == stack {
            let below = Int(nearest[Int(profile.stacks.parents[stack])])
            guard below != 0, places.ofTop[below] >= 0, places.ofTop[stack] >= 0 else { continue }
            calls.insert(Call(places.keys[Int(places.ofTop[below])], places.keys[Int(places.ofTop[stack])]))
        }
        return calls
    }

    private static func own(_ profile: Profile, _ paths: PortablePaths) -> [MatchedFunction: Int] {
        var lines: [MatchedFunction: Int] = [:]
        for function in profile.functions {
            guard let file = function.file, paths.owns(file) else { continue }
            let key = MatchedFunction(file: paths(file), qualname: function.qualname)
            lines[key] = min(lines[key] ?? .max, function.line)
        }
        return lines
    }

    /// The mean of two runs of one version.
    static func mean(_ a: GateRun, _ b: GateRun) -> GateRun {
        var mean = GateRun(
            seconds: (a.seconds + b.seconds) / 2, functions: [:], calls: a.calls.union(b.calls),
            own: a.own.merging(b.own) { first, _ in first })
        for run in [a, b] {
            for (function, times) in run.functions {
                let sum = mean.functions[function] ?? Times(own: 0, total: 0)
                mean.functions[function] = Times(own: sum.own + times.own / 2, total: sum.total + times.total / 2)
            }
        }
        return mean
    }
}
