import Testing

@testable import Statistics

@Suite struct PermutationTests {
    /// Three rounds in which the second design is always 1 higher: |Σ ±1| is 3 in 2 of the 8 patterns.
    @Test func goesThroughAllPatterns() {
        var seen: Set<[Bool]> = []
        let null = Permutation.test(.rounds(3), seed: 1) { own in
            seen.insert(own)
            return abs(own.reduce(0.0) { $0 + ($1 ? -1 : 1) })
        }
        #expect(seen.count == 8)
        #expect(null.p == 2.0 / 8)
        #expect(null.mean == 1.5)
    }

    @Test(arguments: 2...6) func leastPIsReachedByOppositeDesigns(rounds: Int) throws {
        let a = TimesOverRounds(
            parts: Array(repeating: [1, 0], count: rounds), wholes: Array(repeating: 1, count: rounds))
        let b = TimesOverRounds(
            parts: Array(repeating: [0, 1], count: rounds), wholes: Array(repeating: 1, count: rounds))
        let null = try #require(Permutation.totalVariation(a, b, arePaired: true, seed: 1))
        #expect(null.p == Permutation.leastP(.rounds(rounds)))
    }

    @Test func equalDesignsAreNotTold() throws {
        let a = TimesOverRounds(parts: [[1, 2], [2, 1], [1, 1]], wholes: [3, 3, 3])
        let null = try #require(Permutation.totalVariation(a, a, arePaired: true, seed: 1))
        #expect(null == NullDistribution(mean: 0, p: 1))
    }

    /// A design that only takes longer, by amounts that vary, has the same shares: no distance, no noise.
    @Test func slownessIsNoDifference() throws {
        let a = TimesOverRounds(parts: [[1, 3], [2, 6], [1, 3]], wholes: [4, 8, 4])
        let b = TimesOverRounds(parts: [[7, 21], [9, 27], [8, 24]], wholes: [28, 36, 32])
        let null = try #require(Permutation.totalVariation(a, b, arePaired: true, seed: 1))
        #expect(null.mean < 1e-12)
    }

    /// By hand: shares 0.4 and 0.6 in one round, 0.5 and 0.7 in the other. Residuals ∓0.05 in both designs cancel.
    @Test func nullMeanByHand() throws {
        let a = TimesOverRounds(parts: [[4], [5]], wholes: [10, 10])
        let b = TimesOverRounds(parts: [[6], [7]], wholes: [10, 10])
        let null = try #require(Permutation.totalVariation(a, b, arePaired: true, seed: 1))
        #expect(null.mean < 1e-12 && null.p == 0.5)
    }

    /// The residuals ±0.05 of one design and ∓0.05 of the other: differences of 0.1 that cancel or add up, half of it twice
    /// in four patterns, scaled by √2.
    @Test func nullMeanOfRunsThatVary() throws {
        let a = TimesOverRounds(parts: [[4], [5]], wholes: [10, 10])
        let b = TimesOverRounds(parts: [[7], [6]], wholes: [10, 10])
        let null = try #require(Permutation.totalVariation(a, b, arePaired: true, seed: 1))
        #expect(abs(null.mean - 0.05 / 2 * 2.0.squareRoot()) < 1e-12)
    }

    /// A difference of 50 points is no part of what chance alone does: the floor is that of equal designs.
    @Test(arguments: [true, false]) func theFloorDoesNotHoldTheDifference(arePaired: Bool) throws {
        let shifts = [0.0, 0.4, -0.3, 0.2, -0.5, 0.1]
        func design(_ share: Double, _ shifts: [Double]) -> TimesOverRounds {
            let parts = shifts.map { [100 * share + $0, 100 * (1 - share) - $0] }
            return TimesOverRounds(parts: parts, wholes: Array(repeating: 100, count: shifts.count))
        }
        let far = try #require(
            Permutation.totalVariation(
                design(0.25, shifts), design(0.75, shifts.reversed()), arePaired: arePaired, seed: 1))
        let equal = try #require(
            Permutation.totalVariation(
                design(0.25, shifts), design(0.25, shifts.reversed()), arePaired: arePaired, seed: 1))
        #expect(abs(far.mean - equal.mean) < 1e-12 && far.mean < 0.005 && far.mean > 0.0005)
        #expect(far.p < 0.05 && equal.p > 0.5)
    }

    /// Five runs each have C(10, 5) = 252 patterns, of which the opposite one is as far apart.
    @Test func freeLabelsGiveASmallPFromFiveRunsOn() throws {
        let a = TimesOverRounds(parts: Array(repeating: [1, 0], count: 5), wholes: Array(repeating: 1, count: 5))
        let b = TimesOverRounds(parts: Array(repeating: [0, 1], count: 5), wholes: Array(repeating: 1, count: 5))
        let free = try #require(Permutation.totalVariation(a, b, arePaired: false, seed: 1))
        #expect(free.p == 2.0 / 252 && free.p == Permutation.leastP(.free(5, 5)))
        #expect(Permutation.leastP(.free(5, 1)) == 1.0 / 6 && Permutation.leastP(.free(40, 40)) == 1.0 / 4097)
    }

    @Test func freeLabelsGoThroughAllPatterns() {
        var seen: Set<[Bool]> = []
        let null = Permutation.test(.free(3, 2), seed: 1) { labels in
            seen.insert(labels)
            return labels == [true, true, true, false, false] ? 1 : 0
        }
        #expect(seen.count == 10 && seen.allSatisfy { $0.count { $0 } == 3 } && null.p == 0.1)
    }

    @Test func manyFreeRunsAreDrawn() {
        var seen = 0
        let null = Permutation.test(.free(20, 10), seed: 1) { labels in
            seen += 1
            return Double(labels.prefix(20).count { $0 })
        }
        #expect(seen == 4097 && null.p == 1.0 / 4097 && abs(null.mean - 20 * 20.0 / 30) < 0.1)
    }

    @Test func manyRoundsAreDrawnAndRepeatable() {
        func run(_ seed: UInt) -> NullDistribution {
            Permutation.test(.rounds(20), seed: seed) { abs($0.reduce(0.0) { $0 + ($1 ? -1 : 1) }) }
        }
        #expect(run(7) == run(7))
        #expect(run(7).p == 1.0 / 4097)
        // E|Σ ±1| of 20 signs is 20·C(19, 9)/2¹⁹ = 3.524.
        #expect(abs(run(7).mean - 3.524) < 0.15)
    }

    /// Under chance alone, p ≤ 0.125 comes up in an eighth of the experiments.
    @Test(arguments: [true, false]) func pIsUniformUnderChance(arePaired: Bool) throws {
        let random = RandomSource(seed: 3)
        func shares() -> [Double] {
            let share = (0..<40).reduce(0.0) { sum, _ in sum + (random.coin() ? 1 : 0) } / 40
            return [share, 1 - share]
        }
        let (experiments, runs) = (2000, arePaired ? 7 : 4)
        let low = try (0..<experiments).filter { _ in
            let a = TimesOverRounds(parts: (0..<runs).map { _ in shares() }, wholes: Array(repeating: 1, count: runs))
            let b = TimesOverRounds(parts: (0..<runs).map { _ in shares() }, wholes: Array(repeating: 1, count: runs))
            return try #require(Permutation.totalVariation(a, b, arePaired: arePaired, seed: 1)).p <= 0.125
        }.count
        #expect(Double(low) / Double(experiments) < 0.15)
        #expect(Double(low) / Double(experiments) > 0.08)
    }

    @Test func needsTwoRoundsAndTime() {
        let one = TimesOverRounds(parts: [[1]], wholes: [1])
        let none = TimesOverRounds(parts: [[0], [0]], wholes: [0, 0])
        #expect(Permutation.totalVariation(one, one, arePaired: true, seed: 1) == nil)
        #expect(Permutation.totalVariation(none, none, arePaired: true, seed: 1) == nil)
        #expect(Permutation.totalVariation(one, one, arePaired: false, seed: 1) == nil)
    }
}
