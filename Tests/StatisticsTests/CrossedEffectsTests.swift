import Testing

@testable import Statistics

struct CrossedEffectsTests {
    /// Without scatter a prediction is certain.
    @Test func whatNeverDiffersHasNoVariance() {
        let effects = CrossedEffects([[[[3, 4], [3, 4]], [[3, 4], [3, 4]]]])
        #expect(effects.mean == [3, 4])
        #expect(effects.covariance == [[0, 0], [0, 0]])
    }

    /// Two items that differ by 2 in all three units: the variance is the items', 2·(1 + 1/2), with one degree of freedom.
    @Test func itemsThatDifferMakeAPredictionUncertain() {
        let effects = CrossedEffects([[[[1], [3]], [[1], [3]], [[1], [3]]]])
        #expect(effects.mean == [2])
        #expect(effects.covariance == [[3]])
        #expect(effects.degreesOfFreedom == 1)
    }

    /// Numbers with items of their own vary together only from unit to unit.
    @Test func blocksShareTheirUnitsAlone() {
        let effects = CrossedEffects([
            [[[1], [1]], [[2], [2]], [[3], [3]]], [[[10], [30]], [[20], [40]], [[30], [50]]],
        ])
        #expect(effects.mean == [2, 30])
        #expect(abs(effects.covariance[0][1] - 10 * (1 + 1.0 / 3)) < 1e-12)
        #expect(abs(effects.covariance[0][0] - (1 + 1.0 / 3)) < 1e-12)
        #expect(abs(effects.covariance[1][1] - (100 * (1 + 1.0 / 3) + 200 * 1.5)) < 1e-12)
    }
}

struct CombinedIntervalTests {
    @Test func oneSourceIsStudentsInterval() {
        let bounds = CombinedInterval.bounds(10, [.init(variance: 4, degreesOfFreedom: 5)])
        let reach = 2 * Quantile.student(0.975, degreesOfFreedom: 5)
        #expect(abs(bounds.low - (10 - reach)) < 1e-12 && abs(bounds.high - (10 + reach)) < 1e-12)
    }

    @Test func aSourceWithoutVarianceChangesNothing() {
        let one = CombinedInterval.Source(variance: 4, degreesOfFreedom: 5)
        #expect(
            CombinedInterval.bounds(1, [one])
                == CombinedInterval.bounds(1, [one, .init(variance: 0, degreesOfFreedom: 1)]))
        #expect(CombinedInterval.bounds(1, []) == Bounds(low: 1, high: 1))
    }

    /// Equal variances with equal degrees of freedom have twice as many together.
    @Test func degreesOfFreedomAdd() {
        let source = CombinedInterval.Source(variance: 1e-200, degreesOfFreedom: 4)
        #expect(abs(CombinedInterval.degreesOfFreedom([source, source]) - 8) < 1e-9)
    }
}
