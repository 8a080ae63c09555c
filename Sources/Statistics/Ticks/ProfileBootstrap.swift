import CGSL

/// Intervals for all shares of a profile by drawing its ticks with replacement.
public enum ProfileBootstrap {
    /// Percentile intervals of every function's share, from `counts` of ticks by function.
    ///
    /// Each replicate is multinomial over the functions, of as many ticks. It is drawn function by function
    /// for all replicates at once, the count of a function being binomial given those before it: so each
    /// function's quantiles are read off before the next is drawn, and no table of all is held.
    /// The k-th and (B + 1 − k)-th of B ordered replicates, k = ⌊(B + 1)(1 − confidence)/2⌋: B. Efron and R. J.
    /// Tibshirani, An Introduction to the Bootstrap (1993), section 13.3. For independent ticks; jittered
    /// ones scatter less. A function without ticks gets 0 to 0, which says only that it was not seen.
    ///
    /// `nil` without ticks, for a count below 0, more ticks than 32 bits count, and under the 1/(1 − confidence)
    /// or so replicates that a quantile needs.
    public static func shares(
        counts: [Int], replicates: Int = 10_000, seed: UInt, confidence: Double = 0.95
    ) -> [Bounds]? {
        let place = Int((Double(max(0, replicates)) + 1) * (1 - confidence) / 2 + 1e-9)
        guard place > 0, let ticks = total(counts) else { return nil }
        let random = RandomSource(seed: seed)
        var left = Array(repeating: ticks, count: replicates)
        var drawn = left
        var countLeft = Double(ticks)
        return counts.map { count in
            draw(&drawn, from: &left, chance: min(1, Double(count) / max(1, countLeft)), random)
            countLeft -= Double(count)
            let (low, high) = ordered(drawn, place)
            return Bounds(low: Double(low) / Double(ticks), high: Double(high) / Double(ticks))
        }
    }

    /// The sum, as GSL counts; `nil` where it is 0, a count is below 0, or it is too large.
    private static func total(_ counts: [Int]) -> UInt32? {
        var sum: UInt32 = 0
        for count in counts {
            guard let count = UInt32(exactly: count) else { return nil }
            let (next, overflows) = sum.addingReportingOverflow(count)
            guard !overflows else { return nil }
            sum = next
        }
        return sum > 0 ? sum : nil
    }

    /// How many of the ticks that are left each replicate gives to one function.
    private static func draw(
        _ drawn: inout [UInt32], from left: inout [UInt32], chance: Double, _ random: borrowing RandomSource
    ) {
        for replicate in left.indices {
            let count = chance > 0 && left[replicate] > 0 ? gsl_ran_binomial(random.pointer, chance, left[replicate]) : 0
            drawn[replicate] = count
            left[replicate] -= count
        }
    }

    /// The `place`-th smallest and the `place`-th largest, by counting how often each number occurs.
    private static func ordered(_ values: [UInt32], _ place: Int) -> (UInt32, UInt32) {
        guard let least = values.min(), let most = values.max() else { return (0, 0) }
        guard Int(most - least) <= 16 * values.count else {
            let sorted = values.sorted()
            return (sorted[place - 1], sorted[sorted.count - place])
        }
        var occurrences = Array(repeating: 0, count: Int(most - least) + 1)
        for value in values { occurrences[Int(value - least)] += 1 }
        return (least + first(place, in: occurrences), most - first(place, in: occurrences.reversed()))
    }

    /// How far one has to go until `place` values have gone by.
    private static func first(_ place: Int, in occurrences: some Sequence<Int>) -> UInt32 {
        var seen = 0
        var steps: UInt32 = 0
        for count in occurrences {
            seen += count
            if seen >= place { break }
            steps += 1
        }
        return steps
    }
}
