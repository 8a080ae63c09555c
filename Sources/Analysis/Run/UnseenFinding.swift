import ProfileModel
import Statistics

/// How much of the time is in functions that no tick has seen on top.
public struct UnseenFinding: Encodable, Sendable, Equatable {
    /// An estimate: functions that exactly one tick saw, over all ticks (Good and Turing).
    public var share: Double
    /// What it is at most, at 95 %, the ticks that were lost counted as unseen.
    public var high: Double

    public init(share: Double, high: Double) {
        self.share = share
        self.high = high
    }

    /// `nil` where the ticks are not at random instants of the design's own, or there are none.
    init?(_ sampled: SampledShares, _ onTop: Charge, _ ledger: Ledger?) {
        guard sampled.method.isValid else { return nil }
        let looks = Looks(sampled.series, onTop)
        guard
            let unseen = GoodTuring.unseen(timesSeen: looks.timesSeen.values, looks: looks.count, series: looks.series)
        else { return nil }
        let ticks = Double(sampled.series.ticksInScope)
        let lost = max(0, ledger?.lostTicks ?? 0)
        self.init(share: unseen.estimate, high: (unseen.high * ticks + lost) / (ticks + lost))
    }
}

/// What the ticks saw on top, as series of looks: the first stack of every tick, the second of every tick, and so on.
///
/// Stacks of one tick are of one instant and may depend on each other; those of one series are of different ticks.
private struct Looks {
    struct Place: Hashable {
        var place: Int32
        var series: Int
    }

    private(set) var timesSeen: [Place: Int] = [:]
    private(set) var series = 1
    private var weight = 0.0
    private var squares = 0.0

    /// Looks of unequal weight count by their effective number (L. Kish, Survey Sampling, 1965, eq. 11.7.6).
    var count: Double { squares > 0 ? weight * weight / squares : 0 }

    init(_ ticks: TickSeries, _ onTop: Charge) {
        let places = onTop.onlyPlaces
        for tick in ticks.ticks {
            series = max(series, tick.rows.count)
            for (number, row) in ticks.rows[tick.rows].enumerated() {
                weight += row.weight
                squares += row.weight * row.weight
                let place = places[row.stack]
                if place >= 0 { timesSeen[Place(place: place, series: number), default: 0] += 1 }
            }
        }
    }
}
