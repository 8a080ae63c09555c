/// Confidence sequences for the share of one place in the run so far: intervals that hold at every look at once.
///
/// A run that is watched is looked at again and again, and one stops when one likes what one sees. Intervals of fixed
/// confidence do not hold then: of 100 looks at 95 %, far more than 5 % of runs have one that fails. These fail at any look of
/// a run with chance `error` at most, whatever the program does, however its shares change, and whenever one looks or stops.
///
/// The share is that of the run up to the tick, and so its own truth changes from look to look. Given the program, ticks are
/// independent (`jittered`) or a Poisson process (`poisson`), with conditional means that change with the program. So a sequence
/// for the mean of all conditional means so far is needed, and one for independent draws of one mean is not enough. The
/// betting sequences of I. Waudby-Smith and A. Ramdas (JRSS B 86, 2024, 1–27) are of the latter kind: their wealth is that of a
/// bet against one fixed mean. Their empirical-Bernstein sequences would do, but are about a mean weighted by their own bets
/// (theorem 2 there), which is not the run's share.
///
/// **Lost ticks** may have seen anything: bounds are those that the worst of it would give.
public enum ShareSequence {
    /// For one uniformly random tick in every interval, where the weights are the numbers of threads that there are.
    ///
    /// These numbers are the program's, and chance has no part in them but in an interval in which a thread begins or ends: by
    /// each of these the sum of weights may be wrong by 1. Threads that no tick saw are in no share.
    public static func jittered(_ place: PlaceSequence, _ totals: WatchedTotals, error: Double) -> Bounds? {
        guard totals.weight > 0 else { return nil }
        let whole = totals.weight + totals.lost
        let reach = reach(place.on, totals, error: error / 2)
        let high = (place.on.sum + totals.lost + reach) / max(whole - totals.edges, 1e-9)
        return bounds((place.on.sum - reach) / (whole + totals.edges), high)
    }

    /// For one uniformly random tick in every interval, where chance also decides how many stacks count, as it does on the
    /// CPU's clock: a sequence each for what is on the place and what is on all else, of half the error.
    public static func jitteredRunning(_ place: PlaceSequence, _ totals: WatchedTotals, error: Double) -> Bounds? {
        guard totals.weight > 0 else { return nil }
        let on = sums(place.on, totals, error: error / 4)
        let off = sums(place.off, totals, error: error / 4)
        let low = on.low > 0 ? on.low / (on.low + off.high) : 0
        return bounds(low, on.high / max(on.high + off.low, 1e-9))
    }

    /// For ticks at exponential gaps, however many stacks count at each.
    public static func poisson(_ place: PlaceSequence, _ totals: WatchedTotals, error: Double) -> Bounds? {
        guard totals.weight > 0 else { return nil }
        let (scale, part) = scale(totals.most)
        let (on, off, lost) = (place.on.sum / scale, (totals.weight - place.on.sum) / scale, totals.lost / scale)
        return bounds(
            PoissonPair.low(on: on, off: off + lost, error: error * part),
            PoissonPair.high(on: on + lost, off: off, error: error * part))
    }

    private static func bounds(_ low: Double, _ high: Double) -> Bounds {
        Bounds(low: max(0, min(1, low)), high: max(0, min(1, high)))
    }

    /// Between what the sum of the conditional means is, at all looks; what was lost may be in it or not.
    private static func sums(_ sum: PredictedSum, _ totals: WatchedTotals, error: Double) -> Bounds {
        let reach = reach(sum, totals, error: error)
        return Bounds(low: max(0, sum.sum - reach), high: sum.sum + totals.lost + reach)
    }

    /// How far above or below the sum of its conditional means a sum is at the most, each with this chance of an error.
    private static func reach(_ sum: PredictedSum, _ totals: WatchedTotals, error: Double) -> Double {
        let (scale, part) = scale(totals.most)
        return scale * GammaExponentialMixture.boundary(sum.squares / (scale * scale), error: error * part)
    }

    /// The power of 2 that values do not exceed, and its part of the error: each holds until a value exceeds it, and the next
    /// one from the beginning on. The parts add up to 1.
    static func scale(_ most: Double) -> (scale: Double, partOfError: Double) {
        guard most > 1 else { return (1, 0.8) }
        var (scale, power) = (2.0, 1.0)
        while scale < most { (scale, power) = (2 * scale, power + 1) }
        return (scale, 0.2 / (power * (power + 1)))
    }

    /// The part of the error that the i-th of all places may have, counted from 1 in the order in which they are first seen.
    ///
    /// The parts 1/(i(i + 1)) add up to 1, whatever number of places there will be. So all intervals hold at once, by Bonferroni's
    /// inequality; exactly where the order is not chance's, and in simulation where it is.
    public static func partOfError(ofPlace i: Int) -> Double { 1 / (Double(i) * Double(i + 1)) }
}
