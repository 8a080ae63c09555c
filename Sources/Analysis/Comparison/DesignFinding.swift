import ProfileModel

public struct DesignFinding: Encodable, Sendable, Equatable {
    public var name: String
    @ExplicitNull public var version: String?
    public var kind: Kind
    public var clock: Clock
    @ExplicitNull public var schedule: Schedule?
    @ExplicitNull public var rate: Double?
    @ExplicitNull public var slowdown: Ratio?
    public var estimand: Estimand
    /// How the intervals were made, in words; `repeatability` for a design whose instants are not its own.
    public var interval: String
    public var functions: [FunctionFinding] = []
    public var lines: [LineFinding] = []
    @ExplicitNull public var ledger: Ledger?
    /// What the kernel says of the processes and is in no figure; null where the kernel was not asked.
    @ExplicitNull public var unaccounted: Unaccounted?
    /// Where a sampler landed, by the interpreter's instruction on top of the stack.
    public var opcodes: [OpcodeFinding] = []
    @ExplicitNull public var ranks: RankFinding?
    /// What the compensated times rest on; only of calibrated tracing designs.
    public var calibration: DesignCosts?
    public var caveats: [Caveat] = []

    public init(
        name: String, version: String? = nil, kind: Kind, clock: Clock, schedule: Schedule? = nil,
        rate: Double? = nil, slowdown: Ratio? = nil, estimand: Estimand, interval: String,
        functions: [FunctionFinding] = [], lines: [LineFinding] = [], ledger: Ledger? = nil,
        opcodes: [OpcodeFinding] = [], ranks: RankFinding? = nil, caveats: [Caveat] = []
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.clock = clock
        self.schedule = schedule
        self.rate = rate
        self.slowdown = slowdown
        self.estimand = estimand
        self.interval = interval
        self.functions = functions
        self.lines = lines
        self.ledger = ledger
        self.opcodes = opcodes
        self.ranks = ranks
        self.caveats = caveats
    }
}
