import ProfileModel
import Statistics
import Testing

@testable import Analysis

@Suite struct SelfSharesTests {
    private func mixed(_ schedule: Schedule) -> PlantedRun {
        var run = PlantedRun(schedule: schedule)
        let stacks = (0..<5).map { run.stack("main", "f\($0)") }
        run.ticks((0..<1000).map { stacks[$0 % 10 < 6 ? 0 : $0 % 10 - 5] })
        run.ledger(due: 1000)
        return run
    }

    /// Six functions: each at 1 − 0.05/6.
    @Test func allIntervalsAtOnceAreBonferronis() throws {
        let findings = try mixed(.poisson).findings()
        #expect(findings.functions.count == 6)
        let own = try findings.function("f0").`self`
        let bounds = try #require(BinomialInterval.recommended(600, of: 1000, confidence: 1 - 0.05 / 6))
        #expect(isClose(own.simultaneousLow, bounds.low) && isClose(own.simultaneousHigh, bounds.high))
        for function in findings.functions {
            #expect(try #require(function.`self`.simultaneousLow) <= (try #require(function.`self`.low)))
            #expect(try #require(function.`self`.simultaneousHigh) >= (try #require(function.`self`.high)))
            #expect(function.total.simultaneousLow == nil)
        }
    }

    /// (1.96 + 0.84)·√(2·0.24/1000)
    @Test func theDetectableChangeFollowsFromTheVariance() throws {
        let function = try mixed(.poisson).findings().function("f0")
        #expect(isClose(function.designEffect, 1))
        #expect(abs(try #require(function.detectable) - 0.061_38) < 1e-4)
    }

    @Test func slowPhasesUnderJitterShowSmallerChanges() throws {
        var run = PlantedRun()
        let (a, b) = (run.stack("a"), run.stack("b"))
        run.ticks((0..<1000).map { $0 / 100 % 2 == 0 ? a : b })
        run.ledger(due: 1000)
        let function = try run.findings().function("a")
        #expect(try #require(function.designEffect) < 0.1)
        #expect(try #require(function.detectable) < 0.02)
    }

    @Test func whereNoIntervalIsValidNothingFollows() throws {
        var notOurs = mixed(.jittered)
        notOurs.profile.instantsAreOwn = false
        for run in [notOurs, mixed(.periodic)] {
            for function in try run.findings().functions {
                #expect(
                    function.`self`.simultaneousLow == nil && function.detectable == nil && function.designEffect == nil
                )
            }
        }
    }

    @Test func whatIsAlwaysThereHasNoVarianceToJudgeBy() throws {
        var run = PlantedRun()
        run.ticks([run.stack("a")])
        let function = try run.findings().function("a")
        #expect(function.detectable == nil && function.`self`.simultaneousHigh == 1)
    }

    @Test func roundsTellItFromTheirOwnVariance() throws {
        let few = PlantedRounds.findings(2), many = PlantedRounds.findings(10)
        #expect(few.designs.allSatisfy { $0.functions.allSatisfy { $0.detectable == nil } })
        let change = try #require(many.designs[1].functions.first?.detectable)
        #expect(change > 0 && change < 0.02)
    }
}
