import Testing

@testable import Statistics

@Suite struct LookPlanTests {
    @Test(arguments: 5...400) func theLastLookSpendsTheWholeErrorAndNoneSpendsNothing(most: Int) throws {
        let plan = try #require(LookPlan(most: most))
        #expect(plan.looks.first == 5 && plan.looks.last == most && plan.looks == plan.looks.sorted())
        let spent = plan.looks.map(plan.spent)
        #expect(spent.last == 1 && zip(spent, spent.dropFirst()).allSatisfy { $0 < $1 } && (spent.first ?? 0) > 0)
        #expect(plan.looks.count <= 13)
    }

    @Test func thereIsNoPlanForFewerRoundsThanTheFirstLookHas() {
        #expect(LookPlan(most: 4) == nil && LookPlan(most: 5)?.looks == [5])
    }

    @Test func looksThinOut() { #expect(LookPlan(most: 30)?.looks == [5, 8, 11, 17, 30]) }
}

@Suite struct StudentMeanTests {
    @Test func itsIntervalIsTheJackknifesAndItsTestFits() throws {
        let values = [1.2, 0.7, 1.9, 1.1, 0.4, 1.5]
        let (mean, jackknife) = (try #require(StudentMean(values)), try #require(Jackknife.mean(values)?.bounds))
        let bounds = mean.bounds(error: 0.025)
        #expect(abs(bounds.low - jackknife.low) < 1e-12 && abs(bounds.high - jackknife.high) < 1e-12)
        #expect(abs(mean.isAbove(bounds.low) - 0.025) < 1e-9 && abs(mean.isAbove(bounds.high) - 0.975) < 1e-9)
    }

    @Test func withoutVariationItIsCertain() throws {
        let mean = try #require(StudentMean([2, 2, 2]))
        #expect(mean.isAbove(1.9) == 0 && mean.isAbove(2) == 1 && mean.bounds(error: 0.01) == Bounds(low: 2, high: 2))
        #expect(StudentMean([1, 2]) == nil)
    }
}

@Suite struct BenjaminiYekutieliTests {
    /// Computed with statsmodels 0.14, `multipletests(…, method="fdr_by")`.
    @Test func itIsAsStatsmodelsHasIt() {
        let adjusted = BenjaminiYekutieli.adjusted([0.001, 0.02, 0.03, 0.8])
        for (got, want) in zip(adjusted, [0.008_333_333_333, 0.083_333_333_333, 0.083_333_333_333, 1.0]) {
            #expect(abs(got - want) < 1e-9)
        }
        #expect(BenjaminiYekutieli.adjusted([]).isEmpty)
    }

    /// Welch's example by hand: means 10 and 7, variances 4/4 and 1/3.
    @Test func theDifferenceOfRunsThatAreNotPairedIsWelchs() throws {
        let (new, old) = ([8.0, 9, 11, 12], [6.0, 7, 8])
        let difference = try #require(StudentMean(new, minus: old))
        #expect(difference.value == 3 && abs(difference.standardError - (10.0 / 12 + 1.0 / 3).squareRoot()) < 1e-12)
        let known = try #require(
            Jackknife.independentDifference((old, [1, 1, 1]), (new, [1, 1, 1, 1])))
        #expect(abs(difference.p - known.p) < 1e-12)
        #expect(abs(difference.bounds(error: 0.025).low - known.bounds.low) < 1e-9)
    }

    @Test func aSingleRunIsTakenToVaryAsTheOthersDo() throws {
        let difference = try #require(StudentMean([5], minus: [6, 7, 8]))
        #expect(difference.value == -2 && abs(difference.standardError - (1 + 1.0 / 3).squareRoot()) < 1e-12)
        #expect(StudentMean([5], minus: [6, 7]) == nil && StudentMean([], minus: [6, 7, 8]) == nil)
    }

    @Test func aKnownErrorGivesTheNormalInterval() {
        let bounds = StudentMean(2, standardError: 1).bounds(error: 0.025)
        #expect(abs(bounds.low - (2 - 1.959964)) < 1e-4 && abs(StudentMean(1.959964, standardError: 1).p - 0.05) < 1e-4)
        #expect(StudentMean(0, standardError: 0).p == 1 && StudentMean(1, standardError: 0).p == 0)
    }
}
