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
