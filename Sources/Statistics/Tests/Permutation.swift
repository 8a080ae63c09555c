/// What chance alone does to a statistic.
public struct NullDistribution: Sendable, Equatable {
    /// The mean of the statistic under chance: the floor that noise sets to it.
    public var mean: Double
    /// Probability, under chance, of a statistic at least as large as the observed one.
    public var p: Double
}

/// Permutation of two labels within rounds.
///
/// If two designs differ by chance alone, then swapping their labels in any round changes nothing but
/// chance (Fisher, *The Design of Experiments*, 1935, §21). Up to 12 rounds all 2ᴿ patterns of swaps
/// are gone through, and p is the part of them whose statistic is at least the observed one, which
/// is itself one of them. Beyond, 4,096 random patterns and the observed one are (Phipson & Smyth,
/// *Stat. Appl. Genet. Mol. Biol.* 9, 2010, eq. 2).
///
/// A statistic that does not tell which label is which, as total variation, is the same for a pattern
/// and for its opposite: its least possible p is 2¹⁻ᴿ, not 2⁻ᴿ.
public enum Permutation {
    static let mostRoundsForAll = 12
    static let randomPatterns = 4096

    /// The least p that a statistic that is symmetric in the labels can reach.
    public static func leastP(rounds: Int) -> Double {
        rounds <= mostRoundsForAll ? 2 / Double(1 << rounds) : 1 / Double(randomPatterns + 1)
    }

    /// Goes through patterns of swaps; `statistic` is told, for each round, whether its labels are swapped.
    public static func test(rounds: Int, seed: UInt, statistic: ([Bool]) -> Double) -> NullDistribution {
        let observed = statistic(Array(repeating: false, count: rounds))
        var tally = Tally(observed: observed)
        if rounds <= mostRoundsForAll {
            for pattern in 1..<max(1, 1 << rounds) {
                tally.add(statistic((0..<rounds).map { pattern >> $0 & 1 == 1 }))
            }
        } else {
            let random = RandomSource(seed: seed)
            for _ in 0..<randomPatterns {
                tally.add(statistic((0..<rounds).map { _ in random.coin() }))
            }
        }
        return tally.null
    }
}

extension Permutation {
    /// Counts what is at least the observed statistic; begins with the observed one.
    private struct Tally {
        let observed: Double
        var sum: Double
        var patterns = 1
        var atLeast = 1

        init(observed: Double) {
            self.observed = observed
            sum = observed
        }

        mutating func add(_ value: Double) {
            patterns += 1
            sum += value
            // Equal statistics that were summed in another order may differ in their last bits.
            if value >= observed * (1 - 1e-9) { atLeast += 1 }
        }

        var null: NullDistribution {
            NullDistribution(mean: sum / Double(patterns), p: Double(atLeast) / Double(patterns))
        }
    }
}
