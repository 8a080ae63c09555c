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
    public var audit: [String: String] = [:]
    public var caveats: [Caveat] = []

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

/// A mean or a ratio with its interval over rounds: 95 %, but with `until` 99 %.
public struct Interval: Encodable, Sendable, Equatable {
    public var mean: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(mean: Double, low: Double? = nil, high: Double? = nil) {
        self.mean = mean
        self.low = low
        self.high = high
    }
}

public struct Ratio: Encodable, Sendable, Equatable {
    public var ratio: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(ratio: Double, low: Double? = nil, high: Double? = nil) {
        self.ratio = ratio
        self.low = low
        self.high = high
    }
}

/// The unprofiled runs.
public struct ControlFinding: Encodable, Sendable, Equatable {
    public var seconds: Interval
    /// Control against control: should hold 1.
    public var selfTest: Ratio

    public init(seconds: Interval, selfTest: Ratio) {
        self.seconds = seconds
        self.selfTest = selfTest
    }
}

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

/// How far two designs are apart, over all functions or lines.
public struct Agreement: Encodable, Sendable, Equatable {
    public var a: String
    public var b: String
    public var by: Resolution
    /// What was folded and matched before comparing.
    public var resolution: String
    /// Half the sum of the absolute differences of self shares, 0 to 1.
    public var totalVariation: Double
    /// The total variation to be expected by chance alone.
    @ExplicitNull public var noiseFloor: Double?
    /// Probability, by chance alone, of one at least as large.
    @ExplicitNull public var p: Double?
    /// Whether p is for these very runs, or for runs like them.
    public var estimand: Estimand
    /// Of single runs only.
    @ExplicitNull public var g: GStatistic?

    public init(
        a: String, b: String, by: Resolution, resolution: String, totalVariation: Double,
        noiseFloor: Double? = nil, p: Double? = nil, estimand: Estimand = .expectedRun, g: GStatistic? = nil
    ) {
        self.a = a
        self.b = b
        self.by = by
        self.resolution = resolution
        self.totalVariation = totalVariation
        self.noiseFloor = noiseFloor
        self.p = p
        self.estimand = estimand
        self.g = g
    }
}

public enum Resolution: String, Encodable, Sendable {
    case function, line
}

/// One place at which two designs differ by more than chance, and which is likelier to be right.
public struct Disagreement: Encodable, Sendable, Equatable {
    public var a: String
    public var b: String
    public var by: Resolution
    public var function: String
    @ExplicitNull public var file: String?
    public var line: Int
    /// Self shares at common resolution.
    public var shareA: Double
    public var shareB: Double
    /// b − a, with its 95 % interval over rounds.
    public var difference: Interval
    /// Adjusted for the number of places looked at.
    public var p: Double
    /// The design that is likelier to be right; null where one cannot tell.
    @ExplicitNull public var likelier: String?
    public var rule: VerdictRule
    /// The verdict as a sentence.
    public var text: String

    public init(
        a: String, b: String, by: Resolution, function: String, file: String? = nil, line: Int,
        shareA: Double, shareB: Double, difference: Interval, p: Double, likelier: String? = nil,
        rule: VerdictRule, text: String
    ) {
        self.a = a
        self.b = b
        self.by = by
        self.function = function
        self.file = file
        self.line = line
        self.shareA = shareA
        self.shareB = shareB
        self.difference = difference
        self.p = p
        self.likelier = likelier
        self.rule = rule
        self.text = text
    }
}

public enum VerdictRule: String, Encodable, Sendable {
    case manyCalls = "many-calls"
    case longCallsHoldTheGIL = "long-calls-hold-the-gil"
    case lockstep
    case cannotTell = "cannot-tell"
}
