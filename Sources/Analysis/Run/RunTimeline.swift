import ProfileModel
import Statistics

/// One run's ticks over given places, where chance alone chose when to look.
struct RunTimeline {
    let method: IntervalMethod
    let totals: TickTotals
    /// By place.
    let sums: [TickSums]
    let noise: SamplingNoise

    /// - Parameter placeOfStack: by stack, the place that it is charged to; −1 for none.
    /// `nil` where the design, the schedule or a foreign profile leaves no interval valid.
    init?(_ profile: Profile, placeOfStack: [Int32], count: Int) {
        method = IntervalMethod(profile)
        guard method.isValid else { return nil }
        let series = TickSeries(profile, Scope(wholeOf: profile))
        totals = series.totals
        sums = series.sums(.onTop(placeOfStack, count: count))
        noise = SamplingNoise(series, placeOfStack: placeOfStack, count: count, method)
    }

    /// With its 95 % interval; `nil` without ticks.
    func share(_ place: Int) -> BoundedShare? {
        guard let share = sums[place].share(of: totals), let bounds = method.bounds(sums[place], totals) else {
            return nil
        }
        return BoundedShare(value: share, bounds: bounds)
    }
}
