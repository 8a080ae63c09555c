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
