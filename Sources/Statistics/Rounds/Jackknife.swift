/// A figure over rounds, with its interval.
public struct RoundsEstimate: Sendable, Equatable {
    public var value: Double
    /// `nil` under three rounds, for a share of 0 or 1 in all of them, and where leaving a round out leaves nothing to divide by.
    public var bounds: Bounds?
}

/// Intervals over rounds by leaving out one round at a time.
///
/// With θ̂ from all R rounds, θ̂₍ᵢ₎ from all but the i-th and θ̂₍·₎ the mean of these, the variance of θ̂
/// is estimated as (R−1)/R · Σ (θ̂₍ᵢ₎ − θ̂₍·₎)² (Tukey, *Ann. Math. Statist.* 29, 1958, p. 614; Efron &
/// Tibshirani, *An Introduction to the Bootstrap*, 1993, eq. 11.5). The interval is θ̂ ± t·√Var with
/// Student's t at R − 1 degrees of freedom. The unit is the round, so all arguments are one number a round.
///
/// An interval of no width says only that no round differed from another.
public enum Jackknife {
    /// The fewest rounds that an interval is made from.
    public static let fewestRounds = 3

    /// The mean; here the jackknife is the classical t interval (Efron & Tibshirani, eq. 11.9).
    ///
    /// `nil` where there is no value.
    public static func mean(_ values: [Double], confidence: Double = 0.95) -> RoundsEstimate? {
        guard !values.isEmpty else { return nil }
        let ones = values.map { _ in 1.0 }
        return estimate(leaveOneOut(values, over: ones), on: .plain, confidence)
    }

    /// The ratio of two means, paired by round, with its interval made on the log scale.
    ///
    /// `nil` where either mean is not above 0.
    public static func ratio(
        _ numerators: [Double], to denominators: [Double], confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let ratios = leaveOneOut(numerators, over: denominators)
        guard ratios.full > 0, ratios.full.isFinite else { return nil }
        return estimate(ratios, on: .log, confidence)
    }

    /// The share E[part] / E[whole], with its interval made on the logit scale.
    ///
    /// Where the share is 0 or 1 in all rounds there is no interval: that nothing was seen says not how
    /// much there is. Where it is so only with one round left out, the logit is infinite: there the plain
    /// scale is used, and the interval is cut off at 0 and 1.
    /// `nil` where the wholes are not above 0 together.
    public static func share(
        _ parts: [Double], of wholes: [Double], confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let shares = leaveOneOut(parts, over: wholes)
        guard shares.full.isFinite else { return nil }
        guard shares.full > 0, shares.full < 1 else { return RoundsEstimate(value: shares.full, bounds: nil) }
        let inside = ([shares.full] + shares.without).allSatisfy { $0 > 0 && $0 < 1 }
        if inside { return estimate(shares, on: .logit, confidence) }
        let plain = estimate(shares, on: .plain, confidence)
        return RoundsEstimate(value: plain.value, bounds: plain.bounds.map(clipped))
    }

    private static func clipped(_ bounds: Bounds) -> Bounds {
        Bounds(low: max(0, bounds.low), high: min(1, bounds.high))
    }
}

extension Jackknife {
    /// An estimate from all rounds, and from all but each one.
    struct Replicates {
        var full: Double
        var without: [Double]
    }

    /// The ratio of sums, over all rounds and without each; not a number where there is nothing to divide by.
    static func leaveOneOut(_ parts: [Double], over wholes: [Double]) -> Replicates {
        precondition(parts.count == wholes.count, "the rounds are paired")
        let part = sums(of: parts)
        let whole = sums(of: wholes)
        return Replicates(
            full: quotient(part.all, whole.all), without: zip(part.without, whole.without).map(quotient))
    }

    /// Summed from both ends rather than subtracted from the whole, so that an exact 0 or 1 stays one.
    private static func sums(of values: [Double]) -> (all: Double, without: [Double]) {
        var after = [0.0]
        for value in values.dropFirst().reversed() { after.append(after[after.count - 1] + value) }
        var before = 0.0
        var without: [Double] = []
        without.reserveCapacity(values.count)
        for (value, rest) in zip(values, after.reversed()) {
            without.append(before + rest)
            before += value
        }
        return (before, without)
    }

    private static func quotient(_ part: Double, _ whole: Double) -> Double {
        whole > 0 ? part / whole : .nan
    }

    /// The standard error of the estimate; `nil` where there are too few rounds or one left nothing.
    static func standardError(_ without: [Double]) -> Double? {
        guard without.count >= fewestRounds, without.allSatisfy(\.isFinite) else { return nil }
        let rounds = Double(without.count)
        let mean = without.reduce(0, +) / rounds
        let squares = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ((rounds - 1) / rounds * squares).squareRoot()
    }

    static func estimate(
        _ replicates: Replicates, on scale: Scale, _ confidence: Double = 0.95
    ) -> RoundsEstimate {
        let value = replicates.full
        guard let error = standardError(replicates.without.map(scale.there)) else {
            return RoundsEstimate(value: value, bounds: nil)
        }
        let freedom = Double(replicates.without.count - 1)
        let reach = error * Quantile.student((1 + confidence) / 2, degreesOfFreedom: freedom)
        let centre = scale.there(value)
        return RoundsEstimate(
            value: value, bounds: Bounds(low: scale.back(centre - reach), high: scale.back(centre + reach)))
    }
}
