import Glibc
import Statistics

/// The times of the same places in runs of two versions, and what they differ by.
struct VersionTimes<Place: Hashable> {
    /// One run, in seconds.
    struct Run {
        /// The thread-time.
        var whole: Double
        var times: [Place: Double]
        /// With which this very run was seen; `nil` where they are not known.
        var errors: SamplingErrors<Place>?
    }

    let old: [Run]
    let new: [Run]
    /// Whether a run of each was made in every round.
    let arePaired: Bool

    /// Between single runs, the standard deviation that a time is taken to have from run to run, as a part of it: nothing is
    /// known of this very program, and on a busy machine a function's wall time often differs by a third.
    static var assumedVariation: Double { 0.25 }

    /// Whether there is but one run of each, whose own errors are all that is known.
    var areSingle: Bool { old.count == 1 && new.count == 1 }

    var places: Set<Place> { (old + new).reduce(into: []) { $0.formUnion($1.times.keys) } }

    /// Mean seconds.
    func before(_ place: Place) -> Double { Self.mean(old.map { $0.times[place] ?? 0 }) }
    func after(_ place: Place) -> Double { Self.mean(new.map { $0.times[place] ?? 0 }) }

    /// All time over all thread-time; 0 where there is none.
    func shareBefore(_ place: Place) -> Double { Self.share(old, place) }
    func shareAfter(_ place: Place) -> Double { Self.share(new, place) }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    private static func share(_ runs: [Run], _ place: Place) -> Double {
        let whole = runs.reduce(0) { $0 + $1.whole }
        return whole > 0 ? runs.reduce(0) { $0 + ($1.times[place] ?? 0) } / whole : 0
    }
}

extension VersionTimes.Run: Averaging {
    static func mean(_ a: Self, _ b: Self) -> Self {
        // The mean of two runs is known no worse than either of them.
        Self(
            whole: (a.whole + b.whole) / 2, times: a.times.merging(b.times, uniquingKeysWith: +).mapValues { $0 / 2 },
            errors: a.errors ?? b.errors)
    }
}

extension VersionTimes {
    /// In seconds, of a weighted sum of places.
    func change(of weights: [Place: Double]) -> StudentMean? {
        func sums(_ runs: [Run]) -> [Double] {
            runs.map { run in weights.reduce(0) { $0 + $1.value * (run.times[$1.key] ?? 0) } }
        }
        let (before, after) = (sums(old), sums(new))
        if arePaired, old.count >= Jackknife.fewestRounds { return StudentMean(zip(after, before).map { $0 - $1 }) }
        guard areSingle else { return arePaired ? nil : StudentMean(after, minus: before) }
        guard let first = Self.variance(old[0], weights), let second = Self.variance(new[0], weights) else {
            return nil
        }
        return StudentMean(after[0] - before[0], standardError: (first + second).squareRoot())
    }

    /// Times at different places of one run never vary together for the better, so that their variances add up at most.
    private static func variance(_ run: Run, _ weights: [Place: Double]) -> Double? {
        guard let errors = run.errors else { return nil }
        return weights.reduce(0) { sum, weight in
            let time = weight.value * (run.times[weight.key] ?? 0)
            let seen = weight.value * errors[weight.key]
            return sum + seen * seen + time * time * assumedVariation * assumedVariation
        }
    }

    /// Of the share.
    func points(of place: Place) -> Interval {
        let value = shareAfter(place) - shareBefore(place)
        let bounds =
            areSingle ? singlePoints(of: place) : Self.difference(series(old, place), series(new, place), arePaired)
        return Interval(mean: value, low: bounds?.low, high: bounds?.high)
    }

    private func singlePoints(of place: Place) -> Bounds? {
        guard let first = old[0].errors, let second = new[0].errors, old[0].whole > 0, new[0].whole > 0 else {
            return nil
        }
        let error = hypot(first[place] / old[0].whole, second[place] / new[0].whole)
        return StudentMean(shareAfter(place) - shareBefore(place), standardError: error).bounds(error: 0.025)
    }

    private typealias Series = (parts: [Double], wholes: [Double])

    private func series(_ runs: [Run], _ place: Place) -> Series {
        (runs.map { $0.times[place] ?? 0 }, runs.map(\.whole))
    }

    private static func difference(_ old: Series, _ new: Series, _ arePaired: Bool) -> Bounds? {
        (arePaired ? Jackknife.difference(old, new) : Jackknife.independentDifference(old, new))?.bounds
    }
}
