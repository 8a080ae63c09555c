import ProfileModel
import Statistics

/// Makes the estimates of all places from what the stacks are charged to.
protocol ShareEstimator {
    /// One for every place.
    func estimates(_ charge: Charge) -> [Estimate]
}

extension Profile {
    /// What makes the estimates of its places: from ticks, where it has them.
    func estimator(_ scope: Scope) -> any ShareEstimator {
        let load = StackLoad(self, scope, WeightUnit(self))
        guard isOfTicks else { return SummedShares(load) }
        return SampledShares(
            TickSeries(self, scope), method: IntervalMethod(self), ledger: ledger,
            secondsPerWeight: load.secondsPerWeight)
    }
}

/// Shares of a weight that is simply added up: a tracer's time, or a sampler's that has no ticks.
struct SummedShares: ShareEstimator {
    private let load: StackLoad

    init(_ load: StackLoad) { self.load = load }

    func estimates(_ charge: Charge) -> [Estimate] {
        charge.sums(ofStackValues: load.weight).map { weight in
            Estimate(share: load.whole > 0 ? min(1, weight / load.whole) : nil, seconds: weight * load.secondsPerWeight)
        }
    }
}

/// Shares estimated from ticks.
struct SampledShares: ShareEstimator {
    let series: TickSeries
    let totals: TickTotals
    let method: IntervalMethod
    let ledger: Ledger?
    let secondsPerWeight: Double

    init(_ series: TickSeries, method: IntervalMethod, ledger: Ledger?, secondsPerWeight: Double) {
        self.series = series
        totals = series.totals
        self.method = method
        self.ledger = ledger
        self.secondsPerWeight = secondsPerWeight
    }

    func estimates(_ charge: Charge) -> [Estimate] {
        let ticksInScope = Double(series.ticksInScope)
        return series.sums(charge).map { sums in
            let share = sums.share(of: totals)
            let bounds = method.bounds(sums, totals)
            let worst = ledger?.worstCase(seen: sums.shareSeen(of: totals), ticks: ticksInScope, around: share)
            return Estimate(
                share: share, low: bounds?.low, high: bounds?.high, interval: bounds?.method?.rawValue,
                worstLow: worst?.low, worstHigh: worst?.high,
                seconds: sums.y * secondsPerWeight)
        }
    }
}
