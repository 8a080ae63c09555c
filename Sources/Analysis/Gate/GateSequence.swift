import Statistics

/// The rounds of a gate as they come in, and what each look at them says.
///
/// A gate ends with the first look that decides, or with its last round. What a look may spend of the error follows from
/// `LookPlan`; where the time is over before the planned rounds are made, the last look spends what is left.
public struct GateSequence: Sendable {
    public let plan: LookPlan
    public let limits: GateLimits
    public private(set) var rounds: [GateRound] = []
    private var spent = 0.0

    public init(_ plan: LookPlan, limits: GateLimits) { (self.plan, self.limits) = (plan, limits) }

    /// What one look says.
    public struct Look: Sendable, Equatable {
        public var rounds: Int
        public var slowdown: GateSlowdown
        public var functions: [GateFunction]
        public var selfTest: GateSelfTest

        /// Where the version before differs from itself, nothing is decided.
        public var verdict: GateVerdict { selfTest.verdict == .pass ? judged : .undecided }
        fileprivate var judged: GateVerdict
    }

    /// Adds a round.
    ///
    /// - Parameter isLast: whether there is no time for another.
    /// - Returns: what is seen now; `nil` where there is no look, or, at the last one, too little to see.
    public mutating func add(_ round: GateRound, isLast: Bool = false) -> Look? {
        rounds.append(round)
        guard isLast || plan.looks.contains(rounds.count) else { return nil }
        let until = isLast ? 1 : plan.spent(after: rounds.count)
        let error = (until - spent) * GateLimits.part
        spent = until
        guard error > 0, rounds.count >= Jackknife.fewestRounds else { return nil }
        let (changes, controls) = (rounds.map(\.change), rounds.map(\.selfTest))
        guard let test = GateTest(changes, limits, error: error),
            let selfTest = GateSelfTest(controls, limits, error: error)
        else { return nil }
        return Look(
            rounds: rounds.count, slowdown: test.slowdown, functions: test.functions, selfTest: selfTest,
            judged: test.verdict)
    }
}
