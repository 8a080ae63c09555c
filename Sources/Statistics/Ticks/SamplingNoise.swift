import CGSL

/// What in one run chance could as well have made the other way round.
///
/// Under the `poisson` schedule that is each tick's deviation y − p·w; under the `jittered` one, the
/// difference of two neighbours, which stand for two draws from one stretch of the timeline. With a random
/// sign for each, their sum scatters as the run's shares do: with the linearised variance, and with that of
/// collapsed strata.
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
    /// Ways to take the ticks together, with how often each term is there; every draw takes one of them at
    /// random. For neighbours there are two: the first tick is the second one's, or stands alone.
    public var pairings: [[(term: NoiseTerm, count: UInt32)]]

    public init(shares: [Double], whole: Double, pairings: [[(term: NoiseTerm, count: UInt32)]]) {
        self.shares = shares
        self.whole = whole
        self.pairings = pairings
    }
}

extension SamplingNoise {
    /// So many draws, or fewer, but at least 100, where a run has so many different terms that they take long.
    func affordable(_ draws: Int) -> Int {
        let terms = pairings.map(\.count).max() ?? 0
        return min(draws, max(100, Self.mostTerms / max(1, terms)))
    }

    /// Over all draws: about a second's work.
    private static let mostTerms = 20_000_000
}

extension RandomSource {
    /// The sum of so many random signs.
    private func sumOfSigns(_ count: UInt32) -> Double {
        if count == 1 { return coin() ? 1 : -1 }
        return 2 * Double(gsl_ran_binomial(pointer, 0.5, count)) - Double(count)
    }

    /// Deviations of a run's shares that chance could have made, by place.
    func deviations(_ noise: SamplingNoise) -> [Double] {
        var moved = [Double](repeating: 0, count: noise.shares.count)
        guard noise.whole > 0, !noise.pairings.isEmpty else { return moved }
        var weight = 0.0
        for (term, count) in noise.pairings[index(below: noise.pairings.count)] {
            let signs = sumOfSigns(count)
            weight += signs * term.weight
            for (place, amount) in zip(term.places, term.amounts) { moved[Int(place)] += signs * amount }
        }
        for place in moved.indices { moved[place] = (moved[place] - noise.shares[place] * weight) / noise.whole }
        return moved
    }
}
