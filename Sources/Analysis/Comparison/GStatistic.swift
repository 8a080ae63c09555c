import Statistics

/// The likelihood-ratio statistic of all functions at once, corrected for the schedule; its p is of these very runs.
public struct GStatistic: Encodable, Sendable, Equatable {
    /// G over the mean design effect.
    public var statistic: Double
    public var degreesOfFreedom: Int
    /// The mean variance over that of independent ticks.
    public var designEffect: Double
    public var p: Double

    public init(statistic: Double, degreesOfFreedom: Int, designEffect: Double, p: Double) {
        self.statistic = statistic
        self.degreesOfFreedom = degreesOfFreedom
        self.designEffect = designEffect
        self.p = p
    }
}

extension GStatistic {
    init(_ g: CorrectedG) {
        self.init(statistic: g.statistic, degreesOfFreedom: g.degreesOfFreedom, designEffect: g.designEffect, p: g.p)
    }
}
