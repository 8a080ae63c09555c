import ProfileModel
import Testing

@testable import Analysis

@Suite struct StoppingRuleTests {
    private func findings(slowdown: (Double, Double)?, shares: [(Double, Double, Double)]) -> CompareFindings {
        let design = DesignFinding(
            name: "signal", kind: .sampling, clock: .wall,
            slowdown: slowdown.map { Ratio(ratio: ($0.0 + $0.1) / 2, low: $0.0, high: $0.1) }, estimand: .expectedRun,
            interval: "",
            functions: shares.enumerated().map { number, share in
                let own = Estimate(share: share.0, low: share.1, high: share.2)
                return FunctionFinding(name: "f\(number)", qualname: "f\(number)", line: 1, self: own, total: own)
            })
        return CompareFindings(program: [], python: "", runs: 10, clock: .wall, designs: [design])
    }

    @Test func theWidestShareDecidesAndSlowdownsWhereTheyAreWaitedFor() {
        let found = findings(slowdown: (1, 1.02), shares: [(0.5, 0.48, 0.52), (0.3, 0.29, 0.31)])
        let verdict = StoppingRule.verdict(on: found, error: 0.021)
        #expect(verdict.isReached && verdict.widest == "the share of f0 by signal" && isClose(verdict.halfWidth, 0.02))
        #expect(!StoppingRule.verdict(on: found, error: 0.019).isReached)
        let slow = findings(slowdown: (1, 1.2), shares: [(0.5, 0.48, 0.52)])
        #expect(StoppingRule.verdict(on: slow, error: 0.05).isReached)
        let waiting = StoppingRule.verdict(on: slow, error: 0.05, slowdowns: true)
        #expect(!waiting.isReached && waiting.widest == "the slowdown of signal")
    }

    @Test func sharesUnderAPointAreNotWaitedFor() {
        let found = findings(slowdown: (1, 1.002), shares: [(0.009, 0, 0.3)])
        #expect(StoppingRule.verdict(on: found, error: 0.01, slowdowns: true).isReached)
    }

    @Test func withoutAnyIntervalNothingIsReached() {
        for slowdown in [nil, (Double.nan, Double.nan)] {
            let found = findings(slowdown: slowdown, shares: [])
            #expect(!StoppingRule.verdict(on: found, error: 0.5, slowdowns: true).isReached)
        }
    }

    @Test func theEndIsToldWithItsReason() {
        let reached = StoppingRule.verdict(on: findings(slowdown: (1, 1.02), shares: []), error: 0.02, slowdowns: true)
        #expect(reached.text.contains("Stopped after 10 runs: every interval is within ±0.0200"))
        #expect(reached.caveats.map(\.code) == ["repeated-looks"])
        let missed = StoppingRule.verdict(on: findings(slowdown: (1, 1.02), shares: []), error: 0.001, slowdowns: true)
        #expect(missed.caveats.map(\.code) == ["repeated-looks", "error-not-reached"])
    }

    /// 99 % is wider than 95 %: by t of 9 degrees of freedom, 3.250/2.262.
    @Test func intervalsAreAtTheConfidenceOfFiveLooks() throws {
        #expect(isClose(StoppingRule.confidence, 0.99))
        let rounds = PlantedRounds.make(10)
        func control(_ confidence: Double) throws -> Double {
            let findings = Comparison.findings(
                rounds: rounds, designs: PlantedRounds.designs, program: [], audit: [:], confidence: confidence)
            if confidence == 0.99 { #expect(findings.designs.allSatisfy { $0.interval.contains("99 %") }) }
            let seconds = try #require(findings.control).seconds
            return try #require(seconds.high) - seconds.mean
        }
        #expect(abs(try control(0.99) / control(0.95) - 3.249_84 / 2.262_16) < 1e-4)
    }
}
