/// The two ends of an interval, `low` not above `high`.
public struct Bounds: Sendable, Equatable {
    public var low: Double
    public var high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
