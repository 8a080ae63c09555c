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
    public var audit: [String: String] = [:]
    public var caveats: [Caveat] = []
}

/// A mean or a ratio with its 95 % interval over rounds.
public struct Interval: Encodable, Sendable, Equatable {
    public var mean: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?
}

public struct Ratio: Encodable, Sendable, Equatable {
    public var ratio: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?
}

/// The unprofiled runs.
public struct ControlFinding: Encodable, Sendable, Equatable {
    public var seconds: Interval
    /// Control against control: should hold 1.
    public var selfTest: Ratio
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
    public var caveats: [Caveat] = []
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
}

public enum VerdictRule: String, Encodable, Sendable {
    case manyCalls = "many-calls"
    case longCallsHoldTheGIL = "long-calls-hold-the-gil"
    case lockstep
    case cannotTell = "cannot-tell"
}
