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
    public var python: String
    public var program: [String]
    @ExplicitNull public var exit: Int?
    public var seconds: Double
    @ExplicitNull public var ledger: Ledger?
    /// What the kernel says of the process and is in no figure; null where the kernel was not asked.
    @ExplicitNull public var unaccounted: Unaccounted?
    public var functions: [FunctionFinding] = []
    public var lines: [LineFinding] = []
    public var threads: [ThreadFinding] = []
    /// Where a sampler landed, by the interpreter's instruction on top of the stack.
    public var opcodes: [OpcodeFinding] = []
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
        within: String? = nil, python: String, program: [String], exit: Int? = nil, seconds: Double,
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

/// What an interval is for.
public enum Estimand: String, Encodable, Sendable {
    case thisRun = "this-run"
    case expectedRun = "expected-run"
}

/// A share of the thread-time with its interval.
public struct Estimate: Encodable, Sendable, Equatable {
    /// 0 to 1.
    @ExplicitNull public var share: Double?
    /// 95 % interval; null where none is valid.
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?
    /// Whose interval that is, of one run's share; only where one is valid.
    public var interval: String?
    /// The share if none, or all, of the ticks that were lost had been here.
    @ExplicitNull public var worstLow: Double?
    @ExplicitNull public var worstHigh: Double?
    /// An interval that holds for the self shares of all functions at once; only these have it, and only
    /// where one is valid.
    public var simultaneousLow: Double?
    public var simultaneousHigh: Double?
    /// Null, like the share, where it is not known.
    @ExplicitNull public var seconds: Double?
    /// Beside the measured time of tracing designs; only where they were calibrated.
    public var compensated: Compensated?

    public init(
        share: Double?, low: Double? = nil, high: Double? = nil, interval: String? = nil, worstLow: Double? = nil,
        worstHigh: Double? = nil, seconds: Double? = 0
    ) {
        self.interval = interval
        self.seconds = seconds
        self.share = share
        self.low = low
        self.high = high
        self.worstLow = worstLow
        self.worstHigh = worstHigh
    }
}

public struct FunctionFinding: Encodable, Sendable, Equatable {
    public var name: String
    public var qualname: String
    @ExplicitNull public var file: String?
    public var line: Int
    /// Exact for tracing designs (each entry counts, a generator's resumption too); null for samplers.
    @ExplicitNull public var calls: Int64?
    public var `self`: Estimate
    public var total: Estimate
    /// The variance of the self share over that of independent ticks; null where it is not known.
    @ExplicitNull public var designEffect: Double?
    /// The smallest change of the self share, between these data and as many others, that would show with
    /// 80 % power at a level of 5 %; null where it is not known.
    @ExplicitNull public var detectable: Double?

    public init(
        name: String, qualname: String, file: String? = nil, line: Int, calls: Int64? = nil,
        self own: Estimate, total: Estimate, designEffect: Double? = nil, detectable: Double? = nil
    ) {
        self.name = name
        self.qualname = qualname
        self.file = file
        self.line = line
        self.calls = calls
        self.`self` = own
        self.total = total
        self.designEffect = designEffect
        self.detectable = detectable
    }
}

public struct LineFinding: Encodable, Sendable, Equatable {
    public var file: String
    public var line: Int
    public var function: String
    /// How often the line was run, exact for the design `lines`; null for samplers.
    @ExplicitNull public var hits: Int64?
    public var `self`: Estimate
    public var total: Estimate

    public init(file: String, line: Int, function: String, hits: Int64? = nil, self own: Estimate, total: Estimate) {
        self.file = file
        self.line = line
        self.function = function
        self.hits = hits
        self.`self` = own
        self.total = total
    }
}

public struct ThreadFinding: Encodable, Sendable, Equatable {
    public var id: Int64
    public var name: String
    public var seconds: Double
    @ExplicitNull public var share: Double?

    public init(id: Int64, name: String, seconds: Double, share: Double? = nil) {
        self.id = id
        self.name = name
        self.seconds = seconds
        self.share = share
    }
}
