import Testing

@testable import Statistics

@Suite struct PermutationTests {
    /// Three rounds in which the second design is always 1 higher: |Σ ±1| is 3 in 2 of the 8 patterns.
    @Test func goesThroughAllPatterns() {
        var seen: Set<[Bool]> = []
        let null = Permutation.test(rounds: 3, seed: 1) { swapped in
            seen.insert(swapped)
            return abs(swapped.reduce(0.0) { $0 + ($1 ? -1 : 1) })
        }
        #expect(seen.count == 8)
        #expect(null.p == 2.0 / 8)
        #expect(null.mean == 1.5)
    }

    @Test(arguments: 2...6) func leastPIsReachedByOppositeDesigns(rounds: Int) throws {
        let a = TimesOverRounds(parts: Array(repeating: [1, 0], count: rounds), wholes: Array(repeating: 1, count: rounds))
        let b = TimesOverRounds(parts: Array(repeating: [0, 1], count: rounds), wholes: Array(repeating: 1, count: rounds))
        let null = try #require(Permutation.totalVariation(a, b, seed: 1))
        #expect(null.p == Permutation.leastP(rounds: rounds))
    }

    @Test func equalDesignsAreNotTold() throws {
        let a = TimesOverRounds(parts: [[1, 2], [2, 1], [1, 1]], wholes: [3, 3, 3])
        let null = try #require(Permutation.totalVariation(a, a, seed: 1))
        #expect(null == NullDistribution(mean: 0, p: 1))
    }

    /// A design that only takes longer, by amounts that vary, has the same shares: no distance, no noise.
    @Test func slownessIsNoDifference() throws {
        let a = TimesOverRounds(parts: [[1, 3], [2, 6], [1, 3]], wholes: [4, 8, 4])
        let b = TimesOverRounds(parts: [[7, 21], [9, 27], [8, 24]], wholes: [28, 36, 32])
        let null = try #require(Permutation.totalVariation(a, b, seed: 1))
        #expect(null.mean < 1e-12)
    }

    /// By hand: shares 0.4 and 0.6 in one round, 0.5 and 0.7 in the other. Unswapped |−0.2|; one swapped 0.
    @Test func nullMeanByHand() throws {
        let a = TimesOverRounds(parts: [[4], [5]], wholes: [10, 10])
        let b = TimesOverRounds(parts: [[6], [7]], wholes: [10, 10])
        let null = try #require(Permutation.totalVariation(a, b, seed: 1))
        #expect(abs(null.mean - 0.05) < 1e-12)
        #expect(null.p == 0.5)
    }

    @Test func manyRoundsAreDrawnAndRepeatable() {
        func run(_ seed: UInt) -> NullDistribution {
            Permutation.test(rounds: 20, seed: seed) { abs($0.reduce(0.0) { $0 + ($1 ? -1 : 1) }) }
        }
        #expect(run(7) == run(7))
        #expect(run(7).p == 1.0 / 4097)
        // E|Σ ±1| of 20 signs is 20·C(19, 9)/2¹⁹ = 3.524.
        #expect(abs(run(7).mean - 3.524) < 0.15)
    }

    /// Under chance alone, p ≤ 0.125 comes up in an eighth of the experiments.
    @Test func pIsUniformUnderChance() throws {
        let random = RandomSource(seed: 3)
        func shares() -> [Double] {
            let share = (0..<40).reduce(0.0) { sum, _ in sum + (random.coin() ? 1 : 0) } / 40
            return [share, 1 - share]
        }
        let experiments = 2000
        let low = try (0..<experiments).filter { _ in
            let a = TimesOverRounds(parts: (0..<7).map { _ in shares() }, wholes: Array(repeating: 1, count: 7))
            let b = TimesOverRounds(parts: (0..<7).map { _ in shares() }, wholes: Array(repeating: 1, count: 7))
            return try #require(Permutation.totalVariation(a, b, seed: 1)).p <= 0.125
        }.count
        #expect(Double(low) / Double(experiments) < 0.15)
        #expect(Double(low) / Double(experiments) > 0.08)
    }

    @Test func needsTwoRoundsAndTime() {
        let one = TimesOverRounds(parts: [[1]], wholes: [1])
        let none = TimesOverRounds(parts: [[0], [0]], wholes: [0, 0])
        #expect(Permutation.totalVariation(one, one, seed: 1) == nil)
        #expect(Permutation.totalVariation(none, none, seed: 1) == nil)
    }
}
