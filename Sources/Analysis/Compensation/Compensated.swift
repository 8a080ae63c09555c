/// A tracer's time without what its probes took, by calibration, with 95 % intervals that carry the costs' uncertainty.
///
/// Where an interval reaches 0 the time is not identifiable: the probes alone may have taken all that was measured. Then
/// `low` and `high` are null, and the figure, which may be below 0, is only what the subtraction gave.
public struct Compensated: Encodable, Sendable, Equatable {
    public var seconds: Double
    @ExplicitNull public var low: Double?
    @ExplicitNull public var high: Double?
    /// The part of the compensated whole; null where that is not above 0.
    @ExplicitNull public var share: Double?
    @ExplicitNull public var shareLow: Double?
    @ExplicitNull public var shareHigh: Double?

    public init(
        seconds: Double, low: Double? = nil, high: Double? = nil, share: Double? = nil, shareLow: Double? = nil,
        shareHigh: Double? = nil
    ) {
        self.seconds = seconds
        self.low = low
        self.high = high
        self.share = share
        self.shareLow = shareLow
        self.shareHigh = shareHigh
    }
}

extension Estimate {
    /// The same with the compensated time beside it.
    func beside(_ compensated: Compensated?) -> Estimate {
        var estimate = self
        estimate.compensated = compensated
        return estimate
    }
}
