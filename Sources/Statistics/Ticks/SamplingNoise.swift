import CGSL

/// What in one run chance could as well have made the other way round.
///
/// Under the `poisson` schedule that is each tick's deviation y − p·w; under the `jittered` one, the
/// difference of two neighbours, which stand for two draws from one stretch of the timeline (`NeighbourWeight`).
/// With random signs, their sum scatters as the run's shares do.
public struct NoiseTerm: Hashable, Sendable {
    /// The places that it moves, and by how much.
    public var places: [Int32]
    public var amounts: [Double]
    /// What it moves the sum of all weights by.
    public var weight: Double

    public init(places: [Int32], amounts: [Double], weight: Double) {
        self.places = places
        self.amounts = amounts
        self.weight = weight
    }
}

/// One run's shares, and what they could as well have been.
public struct SamplingNoise: Sendable {
    /// By place.
    public var shares: [Double]
    /// The sum of all weights.
    public var whole: Double
    /// The number of ticks.
    public var ticks: Double
    /// Each with the variance of the number of times by which chance moves it.
    public var terms: [(term: NoiseTerm, variance: Double)]

    public init(shares: [Double], whole: Double, ticks: Double, terms: [(term: NoiseTerm, variance: Double)]) {
        self.shares = shares
        self.whole = whole
        self.ticks = ticks
        self.terms = terms
    }
}

extension SamplingNoise {
    /// So many draws, or fewer, but at least 100, where a run has so many different terms that they take long.
    func affordable(_ draws: Int) -> Int { min(draws, max(100, Self.mostTerms / max(1, terms.count))) }

    /// Over all draws: about a second's work.
    private static let mostTerms = 20_000_000
}

extension RandomSource {
    /// A sum of random signs with this variance; where that is no whole number, one sign more is there at random.
    private func sumOfSigns(_ variance: Double) -> Double {
        let whole = min(variance.rounded(.down), Double(UInt32.max / 2))
        let count = UInt32(whole) + (gsl_rng_uniform(pointer) < variance - whole ? 1 : 0)
        return count == 0 ? 0 : 2 * Double(gsl_ran_binomial(pointer, 0.5, count)) - Double(count)
    }

    /// Deviations of a run's shares that chance could have made, by place.
    func deviations(_ noise: SamplingNoise) -> [Double] {
        var moved = [Double](repeating: 0, count: noise.shares.count)
        guard noise.whole > 0 else { return moved }
        var weight = 0.0
        for (term, variance) in noise.terms {
            let signs = sumOfSigns(variance)
            weight += signs * term.weight
            for (place, amount) in zip(term.places, term.amounts) { moved[Int(place)] += signs * amount }
        }
        for place in moved.indices { moved[place] = (moved[place] - noise.shares[place] * weight) / noise.whole }
        return moved
    }
}
