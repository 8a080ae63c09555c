import ProfileModel
import Testing

@testable import Analysis

@Suite struct ComparisonDesignTests {
    private func design(_ name: String, _ findings: CompareFindings) throws -> DesignFinding {
        try #require(findings.designs.first { $0.name == name })
    }

    private func function(_ name: String, _ design: DesignFinding) throws -> FunctionFinding {
        try #require(design.functions.first { $0.name == name })
    }

    @Test func sharesAreOfTheExpectedRun() throws {
        let signal = try design("signal", PlantedRounds.findings(5))
        let helper = try function("helper", signal)
        let share = try #require(helper.`self`.share)
        #expect(abs(share - 0.2504) < 1e-12)
        let (low, high) = (try #require(helper.`self`.low), try #require(helper.`self`.high))
        #expect(low < share && share < high && high - low < 0.02)
        #expect(signal.estimand == .expectedRun)
        #expect(helper.calls == nil)
        #expect(abs((helper.`self`.seconds ?? 0) - 0.2504) < 1e-12)
    }

    @Test func totalsHoldWhatIsCalled() throws {
        let findings = PlantedRounds.findings(5)
        let tracer = try design("setprofile", findings)
        #expect(try function("work", tracer).total.share == 1)
        let helper = try function("helper", tracer)
        #expect(abs(try #require(helper.total.share) - 1800.4 / 3000) < 1e-12)
        #expect(helper.calls == 40_000)
        #expect(tracer.lines.isEmpty)
        let signal = try design("signal", findings)
        #expect(signal.lines.map(\.line) == [11, 21, 12])
        #expect(signal.lines.map(\.function) == ["work", "helper", "work"])
    }

    @Test func slowdownIsOverTheControl() throws {
        let findings = PlantedRounds.findings(5)
        let slowdown = try #require(try design("setprofile", findings).slowdown)
        #expect(abs(slowdown.ratio - 3) < 0.01 && slowdown.isNotOne)
        let control = try #require(findings.control)
        #expect(abs(control.seconds.mean - 0.9996) < 1e-12)
        #expect(!control.selfTest.isNotOne)
        #expect(!findings.caveats.contains { $0.code == "control-drift" })
    }

    @Test func worstCasesComeFromAllLedgers() throws {
        let signal = try design("signal", PlantedRounds.findings(5))
        #expect(signal.ledger?.due == 5000 && signal.ledger?.taken == 4950)
        let helper = try function("helper", signal).`self`
        #expect(abs(try #require(helper.worstLow) - 0.2504 * 0.99) < 1e-12)
        #expect(abs(try #require(helper.worstHigh) - (0.2504 * 0.99 + 0.01)) < 1e-12)
    }

    @Test func instantsThatAreNotOwnGiveRepeatability() throws {
        let findings = PlantedRounds.findings(5)
        let gil = try design("gil", findings)
        #expect(gil.interval.hasPrefix("repeatability, not accuracy"))
        #expect(gil.caveats.map(\.code) == ["instants-not-ours", "missed-ticks"])
        #expect(try function("helper", gil).`self`.low != nil)
        #expect(try design("signal", findings).interval.hasPrefix("jackknife over 5 runs"))
    }

    @Test func underThreeRunsThereIsNoInterval() throws {
        let signal = try design("signal", PlantedRounds.findings(2))
        let helper = try function("helper", signal).`self`
        #expect(helper.share != nil && helper.low == nil && helper.high == nil)
        #expect(signal.slowdown?.low == nil)
        #expect(signal.caveats.map(\.code) == ["few-runs"])
        #expect(signal.interval.hasPrefix("none"))
    }

    @Test func callsThatVaryAreMeans() throws {
        var rounds = PlantedRounds.make(3)
        rounds[1].runs["setprofile"]?.profile.samples[1].count += 4
        let findings = Comparison.findings(rounds: rounds, designs: ["setprofile"], program: [], audit: [:])
        let tracer = try design("setprofile", findings)
        #expect(tracer.caveats.map(\.code) == ["calls-vary"])
        #expect(try function("helper", tracer).calls == 40_001)
    }

    @Test func caveatsOfRunsAreSaidOnce() throws {
        var rounds = PlantedRounds.make(4)
        for round in rounds.indices {
            rounds[round].runs["signal"]?.profile.caveats = [Caveat(code: "rate-lowered", text: "Same.")]
        }
        rounds[2].runs["signal"]?.profile.caveats.append(Caveat(code: "failed-samples", text: "7 failed."))
        let signal = try design(
            "signal", Comparison.findings(rounds: rounds, designs: ["signal"], program: [], audit: [:]))
        #expect(
            signal.caveats == [
                Caveat(code: "rate-lowered", text: "Same."),
                Caveat(code: "failed-samples", text: "In 1 of 4 runs, for example: 7 failed."),
            ])
    }

    @Test func driftOfTheControlIsSaid() {
        var rounds = PlantedRounds.make(5)
        for round in rounds.indices { rounds[round].selfTestControl = 1.1 + Double(round) / 1000 }
        let findings = Comparison.findings(rounds: rounds, designs: ["signal"], program: [], audit: [:])
        #expect(findings.caveats.map(\.code) == ["control-drift"])
    }

    @Test func aDesignThatNeverRanIsLeftOut() {
        let findings = Comparison.findings(
            rounds: PlantedRounds.make(3), designs: ["nosuch", "gil"], program: [], audit: [:])
        #expect(findings.designs.map(\.name) == ["gil"])
        let nothing = Comparison.findings(rounds: [], designs: ["gil"], program: [], audit: [:])
        #expect(nothing.designs.isEmpty && nothing.control == nil)
    }

    @Test func aDesignThatFailedOnceIsComparedOverTheOtherRounds() throws {
        var rounds = PlantedRounds.make(6)
        rounds[0].runs["gil"] = nil
        rounds[3].control = nil
        let findings = Comparison.findings(rounds: rounds, designs: PlantedRounds.designs, program: [], audit: [:])
        #expect(try design("gil", findings).interval.contains("over 5 runs"))
        #expect(findings.agreement.count == 4)
        #expect(findings.control != nil)
    }
}
