import ProfileModel

/// What a gate says of a change: the JSON object of `swprof gate` (`swprof.gate/1`).
public struct GateFindings: Encodable, Sendable, Equatable {
    /// One of the two versions.
    public struct Version: Encodable, Sendable, Equatable {
        /// What was run.
        public var program: [String]
        /// The commit, where it is one.
        @ExplicitNull public var commit: String?
        public var python: String

        public init(program: [String], commit: String? = nil, python: String) {
            (self.program, self.python) = (program, python)
            self.commit = commit
        }
    }

    public var schema = "swprof.gate/1"
    public var verdict: GateVerdict
    public var rounds: Int
    public var before: Version
    public var after: Version
    public var clock: Clock
    /// Null where there were too few rounds.
    @ExplicitNull public var slowdown: GateSlowdown?
    public var functions: [GateFunction]
    @ExplicitNull public var selfTest: GateSelfTest?
    public var limits: GateLimits
    /// Seconds that it took, and might have taken.
    public var seconds: Double
    public var budget: Double
    public var caveats: [Caveat]
    public var audit: [String: String]

    public init(
        verdict: GateVerdict, rounds: Int, before: Version, after: Version, clock: Clock, slowdown: GateSlowdown?,
        functions: [GateFunction], selfTest: GateSelfTest?, limits: GateLimits, seconds: Double, budget: Double,
        caveats: [Caveat] = [], audit: [String: String] = [:]
    ) {
        (self.verdict, self.rounds, self.before, self.after) = (verdict, rounds, before, after)
        (self.clock, self.functions, self.limits) = (clock, functions, limits)
        (self.seconds, self.budget, self.caveats, self.audit) = (seconds, budget, caveats, audit)
        (self.slowdown, self.selfTest) = (slowdown, selfTest)
    }

    /// - Parameter look: the last one; `nil` where there were too few rounds for any.
    public init(
        _ look: GateSequence.Look?, rounds: Int, before: Version, after: Version, clock: Clock, limits: GateLimits,
        seconds: Double, budget: Double, caveats: [Caveat], audit: [String: String]
    ) {
        self.init(
            verdict: look?.verdict ?? .undecided, rounds: rounds, before: before, after: after, clock: clock,
            slowdown: look?.slowdown, functions: look?.functions ?? [], selfTest: look?.selfTest, limits: limits,
            seconds: seconds, budget: budget, caveats: caveats + [look?.selfTest.drift].compactMap { $0 }, audit: audit)
    }
}

extension GateSelfTest {
    /// Said where the version before differs from itself.
    fileprivate var drift: Caveat? {
        guard verdict == .fail else { return nil }
        return Caveat(
            code: "control-drift",
            text: "The version before, compared with itself, differs by more than the limits: this machine cannot tell "
                + "changes this small now, so the gate is undecided. Run it again on a quieter machine, or allow more.")
    }
}
