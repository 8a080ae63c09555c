import Statistics

/// A mean or a ratio with its interval over rounds: 95 %, but with `until` 99 %.
public struct Interval: Encodable, Sendable, Equatable {
    public var mean: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(mean: Double, low: Double? = nil, high: Double? = nil) {
        self.mean = mean
        self.low = low
        self.high = high
    }
}

public struct Ratio: Encodable, Sendable, Equatable {
    public var ratio: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?

    public init(ratio: Double, low: Double? = nil, high: Double? = nil) {
        self.ratio = ratio
        self.low = low
        self.high = high
    }
}

extension Ratio {
    init(_ estimate: RoundsEstimate) {
        self.init(ratio: estimate.value, low: estimate.bounds?.low, high: estimate.bounds?.high)
    }

    /// Whether the interval leaves 1 out.
    var isNotOne: Bool {
        guard let low, let high else { return false }
        return low > 1 || high < 1
    }
}

extension Interval {
    init(_ estimate: RoundsEstimate) {
        self.init(mean: estimate.value, low: estimate.bounds?.low, high: estimate.bounds?.high)
    }
}
