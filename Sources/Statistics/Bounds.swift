/// The two ends of an interval, `low` not above `high`.
public struct Bounds: Encodable, Sendable, Equatable {
    public var low: Double
    public var high: Double
    /// How they were made; only of intervals of a binomial proportion.
    public var method: BinomialInterval.Method?

    /// What JSON has of them: how they were made stands elsewhere, for all figures.
    private enum CodingKeys: CodingKey { case low, high }

    public init(low: Double, high: Double, method: BinomialInterval.Method? = nil) {
        self.low = low
        self.high = high
        self.method = method
    }
}
