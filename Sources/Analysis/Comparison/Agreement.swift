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
