import ProfileModel
import Statistics

/// One function of a run, or of a design's runs.
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
    /// What it did in its self time, as shares of the whole that add up to its self share, and their intervals; only of one run of a
    /// design that tells, the intervals where they are valid.
    public var kinds: ByKind<Double>?
    public var kindIntervals: ByKind<Bounds>?

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

extension Function {
    /// The function that a finding is of.
    public init(_ finding: FunctionFinding) {
        self.init(name: finding.name, qualname: finding.qualname, file: finding.file, line: finding.line)
    }
}
