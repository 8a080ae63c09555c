/// The version before against itself, by the tests that judge the change: it should pass, faster or slower.
public struct GateSelfTest: Encodable, Sendable, Equatable {
    public var slowdown: Ratio
    /// `fail` where the tests find a change, either way.
    public var verdict: GateVerdict

    public init(slowdown: Ratio, verdict: GateVerdict) { (self.slowdown, self.verdict) = (slowdown, verdict) }

    init?(_ pairs: [GatePair], _ limits: GateLimits, error: Double) {
        guard let slowdown = GateSlowdown(pairs, limit: limits.slowdown, error: error) else { return nil }
        self.init(
            slowdown: Ratio(ratio: slowdown.ratio, low: slowdown.low, high: slowdown.high),
            verdict: GateTest.differs(pairs, limits, error: error) ? .fail : .pass)
    }
}
