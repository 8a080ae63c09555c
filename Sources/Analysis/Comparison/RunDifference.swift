/// One place in two single runs, and whether they differ there by more than their sampling error.
public struct RunDifference: Encodable, Sendable, Equatable {
    public var a: String
    public var b: String
    public var by: Resolution
    public var function: String
    @ExplicitNull public var file: String?
    public var line: Int
    /// Self shares at common resolution.
    public var shareA: Double
    public var shareB: Double
    /// b − a, with its 95 % interval from the two runs' own.
    public var difference: Interval
    /// For this place alone.
    public var unadjustedP: Double
    /// Adjusted for the number of places looked at (Benjamini and Hochberg).
    public var p: Double
    /// Both p are of these very runs: repeats of one program differ, too.
    public var estimand = Estimand.thisRun

    public init(
        a: String, b: String, by: Resolution, function: String, file: String? = nil, line: Int, shareA: Double,
        shareB: Double, difference: Interval, unadjustedP: Double, p: Double
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
        self.unadjustedP = unadjustedP
        self.p = p
    }

    /// Whether it is more than chance, at a false-discovery rate of 5 %.
    public var isBeyondChance: Bool { p <= ComparisonPair.falseDiscoveryRate }
}
