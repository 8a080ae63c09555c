import Statistics

/// How much of the time is in functions that no tick has seen on top.
public struct UnseenFinding: Encodable, Sendable, Equatable {
    /// Functions that exactly one tick saw, over all ticks (Good and Turing).
    public var share: Double
    /// What it is below, at 95 %, for any program.
    public var high: Double
    /// Whether the share itself is an upper bound, as under the jittered schedule.
    public var isAtMost: Bool

    public init(share: Double, high: Double, isAtMost: Bool) {
        self.share = share
        self.high = high
        self.isAtMost = isAtMost
    }

    /// `nil` where the ticks are not at random instants of the design's own, or there are none.
    init?(_ sampled: SampledShares, _ onTop: Occupancy) {
        guard sampled.method.isValid else { return nil }
        let seenOnce = sampled.series.sums(onTop).count { $0.on == 1 }
        // A tick of several threads may see several functions for the first time.
        guard let unseen = GoodTuring.unseen(seenOnce: seenOnce, ticks: max(seenOnce, sampled.series.ticksInScope)) else { return nil }
        self.init(share: unseen.estimate, high: unseen.high, isAtMost: sampled.method == .collapsedStrata)
    }
}
