import Glibc

/// The interval of a positive figure whose error is in part added to it and in part multiplies it, or of a share.
///
/// What is added, such as a cost that was subtracted, is symmetric on the linear scale; a factor, which is always above 0,
/// is so on the logarithmic. The limits of either alone are combined as independent: their distances from the figure on
/// the logarithmic scale are squared and summed (G. Y. Zou and A. Donner, "Construction of confidence limits about effect
/// measures: a general approach", Statistics in Medicine 27 (2008), 1693–1702). A share's scale is the logit's.
public struct TwoScaleInterval: Sendable {
    /// Of the figure itself.
    public var added: [CombinedInterval.Source]
    /// Of its logarithm; of a share, of its logit.
    public var multiplied: [CombinedInterval.Source]

    public init(added: [CombinedInterval.Source], multiplied: [CombinedInterval.Source]) {
        (self.added, self.multiplied) = (added, multiplied)
    }

    /// `nil` where what is added reaches 0, or the figure is not above it.
    public func bounds(_ value: Double, confidence: Double = 0.95) -> Bounds? {
        let linear = CombinedInterval.bounds(value, added, confidence: confidence)
        guard linear.low > 0 else { return nil }
        let reach = reach(confidence)
        return Bounds(
            low: value * exp(-hypot(log(value / linear.low), reach)),
            high: value * exp(hypot(log(linear.high / value), reach)))
    }

    /// At most 1; `nil` where what is added reaches 0, or the share is not above it.
    public func bounds(ofShare share: Double, confidence: Double = 0.95) -> Bounds? {
        let linear = CombinedInterval.bounds(share, added, confidence: confidence)
        guard linear.low > 0 else { return nil }
        // Nothing is left that a factor could shift time from or to.
        guard share < 1 else { return Bounds(low: linear.low, high: share) }
        let (reach, place) = (reach(confidence), Self.logit(share))
        let low = place - hypot(place - Self.logit(linear.low), reach)
        let high = linear.high < 1 ? Self.share(place + hypot(Self.logit(linear.high) - place, reach)) : 1
        return Bounds(low: Self.share(low), high: high)
    }

    private func reach(_ confidence: Double) -> Double {
        CombinedInterval.bounds(0, multiplied, confidence: confidence).high
    }

    private static func logit(_ share: Double) -> Double { log(share / (1 - share)) }

    private static func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}
