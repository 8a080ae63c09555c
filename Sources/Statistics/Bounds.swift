/// The two ends of an interval, `low` not above `high`.
public struct Bounds: Sendable, Equatable {
    public var low: Double
    public var high: Double
    /// How they were made; only of intervals of a binomial proportion.
    public var method: BinomialInterval.Method?

    public init(low: Double, high: Double, method: BinomialInterval.Method? = nil) {
        self.low = low
        self.high = high
        self.method = method
    }
}
