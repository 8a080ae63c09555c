import Glibc

/// How much of the time is in places that no look has seen.
public struct UnseenShare: Sendable, Equatable {
    /// Good and Turing's estimate.
    public var estimate: Double
    /// What the unseen share is at most, with the confidence asked for.
    public var high: Double
}

/// The share of what was never seen, reckoned from how often the other places were seen.
public enum GoodTuring {
    /// Good and Turing's estimate f₁/n, and an upper bound of what it estimates.
    ///
    /// With n looks at random instants, fₖ places seen by just k of them, and M the share of the places that
    /// none saw, every θ in 0..<1 gives
    ///
    ///     E exp(θnM) · Πₖ (1 − θᵏ)^fₖ ≤ 1.
    ///
    /// So by Markov's inequality nM is at most (ln 1/δ − Σ fₖ ln(1 − θᵏ))/θ, but for a probability of δ =
    /// 1 − confidence. The least over θ is taken: ln 1/δ where every place was seen very often ("rule of three"), and
    /// about f₁ + √(2(f₁ + 2f₂) ln 1/δ) where many were seen seldom.
    ///
    /// Why: a place that k looks see adds λᵏ/k!·e^(−λ) to the chance of k, and e^(θλ) − 1 = Σₖ θᵏλᵏ/k!, so for a
    /// Poisson number of looks each place's factor has mean 1. Looks in strata only make it smaller for one place,
    /// for there (1 − q)e^(θq) ≤ 1 − q + θq. For several places at once there is no proof here, but a search over
    /// strata found the mean to be largest, at 1 − θⁿ, where all looks see one place. Taking the least over θ spends
    /// what Markov's inequality gives away: the largest part of wrong bounds found was δ itself, where all that is
    /// unseen is a share of just ln(1/δ)/n.
    ///
    /// Sources: I. J. Good, "The population frequencies of species and the estimation of population parameters",
    /// Biometrika 40 (1953), eq. 9; the bound is H. Chernoff's method (Ann. Math. Statist. 23, 1952).
    ///
    /// - Parameters:
    ///   - times: by place, how many looks saw it.
    ///   - looks: n.
    ///   - series: how many series the looks are of, each a look at every tick; series may depend on each other in any
    ///     way (O. Hölder's inequality), if `times` counts a place in each of them apart.
    /// - Returns: `nil` without looks.
    public static func unseen(
        timesSeen times: some Sequence<Int>, looks n: Double, series: Int = 1, confidence: Double = 0.95
    ) -> UnseenShare? {
        guard n > 0, n.isFinite, series > 0 else { return nil }
        let frequencies = times.reduce(into: [Int: Double]()) { if $1 > 0 { $0[$1, default: 0] += 1 } }
        let doubt = Double(series) * log(1 / (1 - confidence))
        let most = thetas.map { (doubt + evidence(frequencies, theta: $0)) / $0 }.min() ?? n
        let estimate = min(1, (frequencies[1] ?? 0) / n)
        return UnseenShare(estimate: estimate, high: min(1, max(estimate, most / n)))
    }

    /// Closer to each other where they are near 0 or 1.
    private static let thetas = (0..<64).map { step in
        let sine = sin((Double(step) + 0.5) / 64 * .pi / 2)
        return sine * sine
    }

    /// −Σ fₖ ln(1 − θᵏ).
    private static func evidence(_ frequencies: [Int: Double], theta: Double) -> Double {
        -frequencies.reduce(0) { $0 + $1.value * log1p(-pow(theta, Double($1.key))) }
    }
}
