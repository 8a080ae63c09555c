/// How sure the order of places by their shares is.
public enum RankStability {
    static let draws = 1000

    /// Over rounds: in how large a part of bootstrap replicates the place that is the hottest of all is so.
    ///
    /// Rounds are drawn with replacement (Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993,
    /// section 6.2). `nil` where there are fewer than two rounds or nothing has time.
    public static func hottest(_ times: TimesOverRounds, seed: UInt) -> (place: Int, probability: Double)? {
        let rounds = times.parts.count
        guard rounds > 1, let places = times.parts.first?.count else { return nil }
        func sums(_ picked: [Int]) -> [Double] {
            var sums = [Double](repeating: 0, count: places)
            for round in picked { for place in sums.indices { sums[place] += times.parts[round][place] } }
            return sums
        }
        let random = RandomSource(seed: seed)
        return stability(sums(Array(0..<rounds)), draws) {
            sums((0..<rounds).map { _ in random.index(below: rounds) })
        }
    }

    /// Within one run: the same, of shares that its ticks could as well have given.
    public static func hottest(_ noise: SamplingNoise, seed: UInt) -> (place: Int, probability: Double)? {
        guard noise.whole > 0 else { return nil }
        let random = RandomSource(seed: seed)
        return stability(noise.shares, noise.affordable(draws)) {
            zip(noise.shares, random.deviations(noise)).map { $0 + $1 }
        }
    }

    /// The part of the `count` hottest places that two series have in common, 0 to 1; over the same places.
    ///
    /// Places without time are not counted. `nil` where neither has any.
    public static func overlap(_ a: [Double], _ b: [Double], ofHottest count: Int) -> (count: Int, part: Double)? {
        func top(_ shares: [Double]) -> Set<Int> {
            Set(shares.indices.filter { shares[$0] > 0 }.sorted { (-shares[$0], $0) < (-shares[$1], $1) }.prefix(count))
        }
        let (first, second) = (top(a), top(b))
        let most = max(first.count, second.count)
        return most > 0 ? (most, Double(first.intersection(second).count) / Double(most)) : nil
    }

    private static func stability(
        _ observed: [Double], _ draws: Int, _ draw: () -> [Double]
    ) -> (place: Int, probability: Double)? {
        guard let hottest = hottest(observed) else { return nil }
        let same = (0..<draws).count { _ in self.hottest(draw()) == hottest }
        return (hottest, Double(same) / Double(draws))
    }

    /// `nil` where no share is above 0.
    private static func hottest(_ shares: [Double]) -> Int? {
        let place = shares.indices.max { shares[$0] < shares[$1] }
        return place.flatMap { shares[$0] > 0 ? $0 : nil }
    }
}
