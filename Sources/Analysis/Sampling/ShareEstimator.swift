import ProfileModel
import Statistics

/// Makes the estimates of all places from what the stacks are charged to.
protocol ShareEstimator {
    /// One for every place.
    func estimates(_ occupancy: Occupancy) -> [Estimate]
}

/// Shares of a weight that is simply added up: a tracer's time, or a sampler's that has no ticks.
struct SummedShares: ShareEstimator {
    let weightOfStack: [Double]
    /// What the shares are parts of, in the same unit.
    let whole: Double
    let secondsPerWeight: Double

    func estimates(_ occupancy: Occupancy) -> [Estimate] {
        occupancy.sums(ofStackValues: weightOfStack).map { weight in
            Estimate(share: whole > 0 ? min(1, weight / whole) : nil, seconds: weight * secondsPerWeight)
        }
    }
}

/// Shares estimated from ticks.
struct SampledShares: ShareEstimator {
    let series: TickSeries
    let totals: TickTotals
    let method: IntervalMethod
    /// m: ticks that were due and gave nothing valid; `nil` where there is no ledger.
    let lost: Double?
    let secondsPerWeight: Double

    init(_ series: TickSeries, method: IntervalMethod, ledger: Ledger?, secondsPerWeight: Double) {
        self.series = series
        totals = series.totals
        self.method = method
        lost = ledger.map { max(0, $0.lostTicks) }
        self.secondsPerWeight = secondsPerWeight
    }

    func estimates(_ occupancy: Occupancy) -> [Estimate] {
        let ticksInScope = Double(series.ticksInScope)
        return series.sums(occupancy).map { sums in
            let share = sums.share(of: totals)
            let bounds = method.bounds(sums, totals)
            let worst = worstCase(sums.shareSeen(of: totals), ticks: ticksInScope, around: share)
            return Estimate(
                share: share, low: bounds?.low, high: bounds?.high, worstLow: worst?.low, worstHigh: worst?.high,
                seconds: sums.y * secondsPerWeight)
        }
    }

    private func worstCase(_ seen: Double?, ticks: Double, around share: Double?) -> Bounds? {
        guard let seen, let share, let lost else { return nil }
        return WorstCase.bounds(seen: seen, taken: ticks, lost: lost, around: share)
    }
}
