import Testing

@testable import Analysis

/// How often a gate is wrong, and how often it finds what is planted, over simulated gates.
@Suite struct GateSimulationTests {
    private struct Counts {
        var passed = 0
        var failed = 0
        var rounds = 0
    }

    private func counts(
        of gates: Int, rounds: Int = 30, limits: GateLimits = GateLimits(), _ plant: (inout PlantedGate) -> Void
    ) -> Counts {
        (1...gates).reduce(into: Counts()) { counts, seed in
            var planted = PlantedGate(seed: UInt64(seed))
            plant(&planted)
            guard let look = planted.verdict(rounds: rounds, limits) else { return }
            counts.rounds += look.rounds
            switch look.verdict {
            case .pass: counts.passed += 1
            case .fail: counts.failed += 1
            case .undecided: break
            }
        }
    }

    /// With limits of nothing every test is at the edge of its null.
    @Test func whatIsTheSameFailsInAtMostOneOfTwentyGates() {
        let counts = counts(of: 1000, limits: GateLimits(slowdown: 1e-12, function: 1e-12)) { _ in }
        #expect(counts.failed <= 50, "\(counts)")
        #expect(counts.failed >= 5, "the whole program's test spends a fortieth: \(counts)")
    }

    @Test func withinTheUsualLimitsWhatIsTheSameAlmostAlwaysPasses() {
        let counts = counts(of: 300) { $0.noiseOfRuns = 0.005 }
        #expect(counts.failed == 0 && counts.passed >= 270, "\(counts)")
    }

    @Test func aChangeAsGreatAsTheLimitFailsOrPassesInAtMostOneOfTwentyGatesEach() {
        let whole = counts(of: 500, limits: GateLimits(slowdown: 0.01, function: 0.02)) { $0.slowdown = 0.01 }
        #expect(whole.failed <= 25 && whole.passed <= 25, "\(whole)")
        let one = counts(of: 300, limits: GateLimits(slowdown: 0.05, function: 0.005)) { $0.inOneFunction = 0.005 }
        #expect(one.failed <= 15, "\(one)")
        let greater = counts(of: 300, limits: GateLimits(slowdown: 0.005, function: 0.03)) { $0.inOneFunction = 0.03 }
        #expect(greater.passed <= 15, "\(greater)")
    }

    /// The whole program's time is far too noisy to show it.
    @Test func onePercentInOneOfFiftyFunctionsOfTwoSecondsIsFoundInThreeMinutes() {
        let counts = counts(of: 60) { ($0.functions, $0.inOneFunction) = (50, 0.01) }
        #expect(counts.failed >= 48, "four of five: \(counts)")
    }

    @Test func aProgramThatIsTenPercentSlowerFailsAtTheFirstLooks() {
        let counts = counts(of: 100) { $0.slowdown = 0.1 }
        #expect(counts.failed == 100 && counts.rounds <= 900, "\(counts)")
    }
}
