@testable import Statistics

extension SamplingNoise {
    /// So many independent ticks of weight 1 on each place; the last ones on no place.
    ///
    /// - Parameter effect: the variance over that of independent ticks.
    static func independent(_ counts: [Double], elsewhere: Double = 0, effect: Double = 1) -> SamplingNoise {
        let ticks = counts.reduce(elsewhere, +)
        var terms = counts.enumerated().map { place, count in
            (term: NoiseTerm(places: [Int32(place)], amounts: [1], weight: 1), variance: count * effect)
        }
        terms.append((NoiseTerm(places: [], amounts: [], weight: 1), elsewhere * effect))
        return SamplingNoise(shares: counts.map { $0 / max(1, ticks) }, whole: ticks, ticks: ticks, terms: terms)
    }
}
