import ProfileModel

/// What several designs say of the same program over several rounds: the JSON object of
/// `swprof compare` (`swprof.compare/1`).
public struct CompareFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.compare/1"
    public var program: [String]
    public var python: String
    public var runs: Int
    public var clock: Clock
    /// Null where profiles that existed already are compared.
    @ExplicitNull public var control: ControlFinding?
    public var designs: [DesignFinding] = []
    public var agreement: [Agreement] = []
    public var disagreements: [Disagreement] = []
    /// Where single runs are compared: every place of both.
    public var differences: [RunDifference] = []
    /// Whether every two designs put the functions into the same order.
    public var ranks: [RankAgreement] = []
    /// Null where the number of runs was given.
    @ExplicitNull public var until: UntilFinding?
    /// Whether designs follow when functions are slowed; null where that was not asked.
    @ExplicitNull public var causal: [CausalFinding]? = nil
    /// What a change did, where two versions of a program are compared; null of designs.
    @ExplicitNull public var change: ChangeFindings? = nil
    public var audit: [String: String] = [:]
    public var caveats: [Caveat] = []
    /// Of every two designs, what pages draw. They are not written.
    public var trees: [ChangedTree] = []

    private enum CodingKeys: String, CodingKey {
        case schema, program, python, runs, clock, control, designs, agreement, disagreements, differences, ranks, until
        case causal, change, audit, caveats
    }

    public init(
        program: [String], python: String, runs: Int, clock: Clock, control: ControlFinding? = nil,
        designs: [DesignFinding] = [], agreement: [Agreement] = [], disagreements: [Disagreement] = [],
        differences: [RunDifference] = [], ranks: [RankAgreement] = [], until: UntilFinding? = nil,
        audit: [String: String] = [:], caveats: [Caveat] = []
    ) {
        self.program = program
        self.python = python
        self.runs = runs
        self.clock = clock
        self.control = control
        self.designs = designs
        self.agreement = agreement
        self.disagreements = disagreements
        self.differences = differences
        self.ranks = ranks
        self.until = until
        self.audit = audit
        self.caveats = caveats
    }
}
