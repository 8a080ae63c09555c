import Statistics

/// How much slower the whole program became.
public struct GateSlowdown: Encodable, Sendable, Equatable {
    /// Mean time after over mean time before, with an interval that holds over all looks with 95 %.
    public var ratio: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?
    /// The greatest ratio that does not matter.
    public var limit: Double
    /// Mean seconds.
    public var before: Double
    public var after: Double
    public var verdict: GateVerdict

    public init(
        ratio: Double, low: Double?, high: Double?, limit: Double, before: Double, after: Double, verdict: GateVerdict
    ) {
        (self.ratio, self.limit, self.before, self.after) = (ratio, limit, before, after)
        self.verdict = verdict
        (self.low, self.high) = (low, high)
    }
}

extension GateSlowdown {
    /// `nil` where nothing took any time.
    init?(_ pairs: [GatePair], limit: Double, error: Double) {
        let (old, new) = (pairs.map(\.old.seconds), pairs.map(\.new.seconds))
        guard let estimate = Jackknife.ratio(new, to: old, confidence: 1 - 2 * error) else { return nil }
        let rounds = Double(pairs.count)
        self.init(
            ratio: estimate.value, low: estimate.bounds?.low, high: estimate.bounds?.high, limit: 1 + limit,
            before: old.reduce(0, +) / rounds, after: new.reduce(0, +) / rounds,
            verdict: Self.verdict(estimate.bounds, limit: 1 + limit))
    }

    static func verdict(_ bounds: Bounds?, limit: Double) -> GateVerdict {
        guard let bounds else { return .undecided }
        return bounds.low > limit ? .fail : bounds.high < limit ? .pass : .undecided
    }
}
