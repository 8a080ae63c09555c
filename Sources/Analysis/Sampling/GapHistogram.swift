import ProfileModel

/// How far apart the ticks of a run really were: what its schedule became.
public struct GapHistogram: Sendable, Equatable {
    /// Of a bin, in nanoseconds; the first begins at 0.
    public var width: Double
    public var counts: [Int]
    /// Gaps beyond the last bin.
    public var longer: Int

    private static let bins = 40
    /// What the bins reach to, in mean gaps: twice the interval is the longest that the schedule `jittered` makes.
    private static let reach = 4.0
    private static let fewest = 20

    public init(width: Double, counts: [Int], longer: Int) {
        (self.width, self.counts, self.longer) = (width, counts, longer)
    }

    /// `nil` where there are too few gaps to draw, or their lengths are not known.
    public init?(_ profile: Profile) {
        guard profile.isOfTicks else { return nil }
        let ticks = TickSeries(profile, Scope(wholeOf: profile)).ticks
        let gaps = zip(ticks, ticks.dropFirst()).compactMap { first, second -> Double? in
            guard first.process == second.process, let from = first.instant, let to = second.instant else { return nil }
            return Double(to - from)
        }
        let mean = gaps.reduce(0, +) / Double(max(1, gaps.count))
        guard gaps.count >= Self.fewest, mean > 0 else { return nil }
        self.init(
            width: mean * Self.reach / Double(Self.bins), counts: Array(repeating: 0, count: Self.bins), longer: 0)
        for gap in gaps { add(gap) }
    }

    private mutating func add(_ gap: Double) {
        let bin = max(0, gap / width)
        if bin < Double(counts.count) { counts[Int(bin)] += 1 } else { longer += 1 }
    }
}
