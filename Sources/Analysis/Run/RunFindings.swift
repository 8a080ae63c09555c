import ProfileModel

/// What one profile of one run says: the JSON object of `swprof run` (`swprof.run/1`).
public struct RunFindings: Encodable, Sendable, Equatable {
    public var schema = "swprof.run/1"
    public var design: String
    public var kind: Kind
    public var clock: Clock
    @ExplicitNull public var schedule: Schedule?
    @ExplicitNull public var rate: Double?
    /// The function that all shares are parts of, if not the whole run.
    @ExplicitNull public var within: String?
    /// What the threads did in the time that all shares are parts of, and the part of the whole that this is; only where that was
    /// asked for.
    public var time: TimeScope?
    public var timeShare: Estimate?
    public var python: String
    public var program: [String]
    @ExplicitNull public var exit: Int?
    /// Null where the file tells shares alone.
    @ExplicitNull public var seconds: Double?
    @ExplicitNull public var ledger: Ledger?
    /// What the kernel says of the process and is in no figure; null where the kernel was not asked.
    @ExplicitNull public var unaccounted: Unaccounted?
    public var functions: [FunctionFinding] = []
    public var lines: [LineFinding] = []
    public var threads: [ThreadFinding] = []
    /// The program's own process first; only where its children were followed.
    public var processes: [ProcessFinding]?
    /// By name, with intervals; only of programs whose asyncio tasks were seen to run.
    public var tasks: [TaskFinding]?
    public var taskless: TasklessFinding?
    /// The run from the user's own side; null where there are no whole stacks.
    @ExplicitNull public var tree: FoldedTree?
    /// Where a sampler landed, by the interpreter's instruction on top of the stack.
    public var opcodes: [OpcodeFinding] = []
    /// What the threads did at the ticks; empty where the sampler does not tell.
    public var kinds: [KindFinding] = []
    /// Null where no interval is valid, or there is nothing to rank.
    @ExplicitNull public var ranks: RankFinding?
    /// The time in functions not seen yet; null where the instants are not at random.
    @ExplicitNull public var unseen: UnseenFinding?
    /// What the compensated times rest on; only of calibrated tracing designs.
    public var calibration: DesignCosts?
    public var estimand: Estimand
    /// How the intervals were made, in words.
    public var interval: String
    public var caveats: [Caveat] = []
    public var audit: [String: String] = [:]

    public init(
        design: String, kind: Kind, clock: Clock, schedule: Schedule? = nil, rate: Double? = nil,
        within: String? = nil, python: String, program: [String], exit: Int? = nil, seconds: Double?,
        ledger: Ledger? = nil, functions: [FunctionFinding] = [], lines: [LineFinding] = [],
        threads: [ThreadFinding] = [], opcodes: [OpcodeFinding] = [], ranks: RankFinding? = nil,
        unseen: UnseenFinding? = nil, estimand: Estimand, interval: String, caveats: [Caveat] = [],
        audit: [String: String] = [:]
    ) {
        self.design = design
        self.kind = kind
        self.clock = clock
        self.schedule = schedule
        self.rate = rate
        self.within = within
        self.python = python
        self.program = program
        self.exit = exit
        self.seconds = seconds
        self.ledger = ledger
        self.functions = functions
        self.lines = lines
        self.threads = threads
        self.opcodes = opcodes
        self.ranks = ranks
        self.unseen = unseen
        self.estimand = estimand
        self.interval = interval
        self.caveats = caveats
        self.audit = audit
    }
}
