/// One pass through arms in random order: every arm once.
public struct Round<Outcome: Sendable>: Sendable {
    public struct Run: Sendable {
        public var arm: Arm
        public var conditions: Conditions
        public var outcome: Outcome

        public init(_ arm: Arm, _ conditions: Conditions, _ outcome: Outcome) {
            (self.arm, self.conditions, self.outcome) = (arm, conditions, outcome)
        }
    }

    /// In the order in which they were made.
    public var runs: [Run]

    public init(_ runs: [Run]) { self.runs = runs }

    /// `nil` where the arm did not run in this round.
    public subscript(_ arm: Arm) -> Outcome? { runs.first { $0.arm == arm }?.outcome }

    /// - Parameters:
    ///   - areShared: whether all arms of the round run under the same conditions; else each under its own.
    ///   - start: runs an arm and waits for its end.
    public static func run<Failure: Error>(
        _ arms: [Arm], areConditionsShared areShared: Bool = false, using random: inout some RandomNumberGenerator,
        start: (Arm, Conditions) async throws(Failure) -> Outcome
    ) async throws(Failure) -> Round {
        let shared = Conditions.random(using: &random)
        var runs: [Run] = []
        for arm in arms.shuffled(using: &random) {
            let conditions = areShared ? shared : Conditions.random(using: &random)
            runs.append(Run(arm, conditions, try await start(arm, conditions)))
        }
        return Round(runs)
    }
}
