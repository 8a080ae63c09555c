import ProfileModel
import Testing

@testable import Analysis

@Suite struct PlanningTests {
    private func profile(_ seen: [Int], _ schedule: Schedule = .jittered) -> Profile {
        var profile = ComparisonOfRunsTests.profile(schedule, seen)
        profile.seconds = 2
        return profile
    }

    @Test func numbersAloneGiveThePlainFormula() throws {
        let plan = try Planning.findings(Planning.Question(share: 0.3, error: 0.01))
        #expect(plan.samplesPerRun == 8068 && plan.runs == 1 && plan.rate == 1000 && plan.designEffect == 1)
        #expect(isClose(plan.seconds, 8.068) && plan.betweenRuns == nil && plan.function == nil)
    }

    @Test func runsThatDifferNeedSeveral() throws {
        let plan = try Planning.findings(Planning.Question(share: 0.3, error: 0.01, betweenRuns: 0.02))
        #expect(plan.runs == 31 && isClose(plan.samples, 31 * plan.samplesPerRun))
        #expect(throws: AnalysisError.self) {
            try Planning.findings(Planning.Question(share: 0.3, error: 0.01, runs: 15, betweenRuns: 0.02))
        }
    }

    /// Phases of 50 ticks: each tick says as much as many independent ones.
    @Test func aProfileGivesShareRateAndScatter() throws {
        let seen = (0..<1000).map { $0 / 50 % 3 == 0 ? 1 : 0 }
        let plan = try Planning.findings(Planning.Question(error: 0.01), profile: profile(seen))
        #expect(plan.function == "module.f0" && isClose(plan.share, 0.65) && plan.designEffect < 0.2)
        #expect(isClose(plan.rate, 500))
        let independent = try Planning.findings(Planning.Question(error: 0.01), profile: profile(seen, .poisson))
        #expect(isClose(independent.designEffect, 1) && independent.samplesPerRun > 5 * plan.samplesPerRun)
    }

    @Test func aShareThatIsAskedForTakesTheNearestFunctionsScatter() throws {
        let seen = (0..<1000).map { $0 < 600 ? 0 : $0 % 2 + 1 }
        let slow = try Planning.findings(Planning.Question(share: 0.55, error: 0.01), profile: profile(seen))
        let fast = try Planning.findings(Planning.Question(share: 0.21, error: 0.01), profile: profile(seen))
        #expect(slow.share == 0.55 && slow.function == nil && slow.designEffect < 0.1 && fast.designEffect > 0.5)
    }

    @Test func fewerSamplesThanWereSeenScatterMore() throws {
        let seen = (0..<1000).map { $0 / 50 % 3 == 0 ? 1 : 0 }
        func codes(_ error: Double) throws -> [String] {
            try Planning.findings(Planning.Question(error: error), profile: profile(seen)).caveats.map(\.code)
        }
        #expect(try codes(0.1) == ["design-effect-elsewhere"] && codes(0.001).isEmpty)
    }

    @Test func whatCannotBePlannedIsOneLine() throws {
        let alone = profile(Array(repeating: 0, count: 50))
        var traced = alone
        traced.kind = .tracing
        for profile in [alone, profile([]), traced] {
            #expect(throws: AnalysisError.self) {
                try Planning.findings(Planning.Question(error: 0.01), profile: profile)
            }
        }
    }

    @Test func anUnknownScatterIsTakenForIndependentAndSaid() throws {
        var notOurs = profile((0..<100).map { $0 % 2 })
        notOurs.instantsAreOwn = false
        let plan = try Planning.findings(Planning.Question(error: 0.05), profile: notOurs)
        #expect(plan.designEffect == 1 && plan.caveats.map(\.code) == ["design-effect-unknown"])
    }
}
