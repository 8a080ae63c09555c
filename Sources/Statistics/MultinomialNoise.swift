import CGSL

/// What chance alone does to the shares of two single runs of samplers.
public enum MultinomialNoise {
    static let draws = 500

    /// The mean total variation of two runs of `ticks.a` and `ticks.b` ticks that have the same true shares.
    ///
    /// The truth is taken to be the two runs' shares pooled by their ticks; time of no place is a place
    /// of its own, not counted in the distance. Jittered ticks scatter less than the multinomial's, so
    /// under that schedule this is an upper bound. `nil` where a run has no ticks.
    public static func totalVariation(
        _ a: [Double], _ b: [Double], ticks: (a: Int, b: Int), seed: UInt
    ) -> Double? {
        guard ticks.a > 0, ticks.b > 0, let (na, nb) = drawable(ticks) else { return nil }
        let pooled = zip(a, b).map { ($0 * Double(na) + $1 * Double(nb)) / Double(na + nb) }
        let truth = pooled + [max(0, 1 - pooled.reduce(0, +))]
        let random = RandomSource(seed: seed)
        let sum = (0..<draws).reduce(0.0) { sum, _ in
            sum + TotalVariation.between(
                random.shares(truth, ticks: na).dropLast(), random.shares(truth, ticks: nb).dropLast())
        }
        return sum / Double(draws)
    }

    /// GSL counts in 32 bits.
    private static func drawable(_ ticks: (a: Int, b: Int)) -> (UInt32, UInt32)? {
        guard let a = UInt32(exactly: ticks.a), let b = UInt32(exactly: ticks.b) else { return nil }
        return a.addingReportingOverflow(b).overflow ? nil : (a, b)
    }
}

extension RandomSource {
    fileprivate func shares(_ truth: [Double], ticks: UInt32) -> [Double] {
        var counts = Array(repeating: UInt32(0), count: truth.count)
        gsl_ran_multinomial(pointer, truth.count, ticks, truth, &counts)
        return counts.map { Double($0) / Double(ticks) }
    }
}
