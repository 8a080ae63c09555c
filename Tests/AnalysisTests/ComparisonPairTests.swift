import ProfileModel
import Testing

@testable import Analysis

@Suite struct ComparisonPairTests {
    private func agreement(_ a: String, _ b: String, _ by: Resolution, _ findings: CompareFindings) -> Agreement? {
        findings.agreement.first { $0.a == a && $0.b == b && $0.by == by }
    }

    @Test func everyTwoDesignsAreCompared() throws {
        let findings = PlantedRounds.findings(6)
        #expect(
            findings.agreement.map { "\($0.a)-\($0.b) \($0.by.rawValue)" } == [
                "setprofile-signal function", "setprofile-gil function", "signal-gil function", "signal-gil line",
            ])
        let first = try #require(agreement("setprofile", "signal", .function, findings))
        // helper with its C calls: 0.6 of the tracer's time and 0.25 of the sampler's.
        #expect(abs(first.totalVariation - 0.35) < 0.002)
        #expect(first.resolution == "python-function")
        #expect(first.p == 1.0 / 32)
        // Chance alone is what the rounds vary by, a few thousandths: the difference is no part of it.
        #expect(try #require(first.noiseFloor) < 0.01)
    }

    @Test func underFiveRoundsThereIsAFloorButNoP() throws {
        let findings = PlantedRounds.findings(4)
        let pair = try #require(agreement("signal", "gil", .line, findings))
        #expect(pair.p == nil && pair.noiseFloor != nil)
        let caveat = try #require(findings.caveats.first { $0.code == "few-runs" })
        #expect(caveat.text.contains("2^(1-4) = 0.1250"))
    }

    @Test func fiveRoundsCannotGiveASmallP() throws {
        let caveat = try #require(PlantedRounds.findings(5).caveats.first { $0.code == "few-runs" })
        #expect(caveat.text.contains("2^(1-5) = 0.0625"))
        #expect(!PlantedRounds.findings(6).caveats.contains { $0.code == "few-runs" })
    }

    @Test func oneRunOfSamplersHasTheFloorOfItsTicks() throws {
        var rounds = PlantedRounds.make(1)
        let seen = (0..<990).map { $0 < 742 ? 0 : 1 }
        let run = ProfiledRun(seconds: 1, profile: ComparisonOfRunsTests.profile(.poisson, seen))
        rounds[0].runs["signal"] = run
        rounds[0].runs["other"] = run
        let findings = Comparison.findings(
            rounds: rounds, designs: ["signal", "other", "gil", "setprofile"], program: [], audit: [:])
        let own = try #require(agreement("signal", "other", .function, findings))
        // Two places, shares ¾ and ¼, 990 ticks each: the mean of |normal| with variance 2·p(1−p)/990.
        #expect(own.totalVariation == 0 && own.p == 1 && own.estimand == .thisRun)
        #expect(abs(try #require(own.noiseFloor) - 0.01553) < 0.002)
        #expect(agreement("signal", "gil", .function, findings)?.noiseFloor == nil)
        #expect(agreement("signal", "setprofile", .function, findings)?.noiseFloor == nil)
        #expect(findings.disagreements.isEmpty)
    }

    @Test func twoClocksAreNotCompared() {
        var rounds = PlantedRounds.make(5)
        for round in rounds.indices { rounds[round].runs["gil"]?.profile.clock = .cpu }
        let findings = Comparison.findings(rounds: rounds, designs: PlantedRounds.designs, program: [], audit: [:])
        #expect(findings.agreement.map(\.b) == ["signal"])
        #expect(findings.caveats.filter { $0.code == "clock-mismatch" }.count == 2)
    }

    @Test func twoProgramsAreComparedWithACaveat() {
        var rounds = PlantedRounds.make(5)
        for round in rounds.indices {
            rounds[round].runs["gil"]?.profile.program = ["a.py"]
            rounds[round].runs["signal"]?.profile.program = ["b.py"]
        }
        let findings = Comparison.findings(rounds: rounds, designs: PlantedRounds.designs, program: [], audit: [:])
        #expect(findings.caveats.filter { $0.code == "program-mismatch" }.count == 1)
        #expect(findings.agreement.count == 4)
    }

    @Test func disagreementsAreTheLargestFirstAndBeyondChance() throws {
        let found = PlantedRounds.findings(5).disagreements
        #expect(!found.isEmpty)
        #expect(found.map { abs($0.difference.mean) } == found.map { abs($0.difference.mean) }.sorted(by: >))
        for disagreement in found {
            let difference = disagreement.difference
            #expect(abs(difference.mean - (disagreement.shareB - disagreement.shareA)) < 1e-12)
            #expect(disagreement.p <= 0.05)
            #expect(try #require(difference.low) * (try #require(difference.high)) > 0)
        }
    }

    @Test func whatIsTheSameOrTooLittleIsNotWorthWords() {
        var rounds = PlantedRounds.make(6)
        for round in rounds.indices {
            rounds[round].runs["same"] = rounds[round].runs["signal"]
            // 4 of 1,000 milliseconds, the same in every round: sure, and too little.
            rounds[round].runs["near"] = rounds[round].runs["signal"]
            rounds[round].runs["near"]?.profile.samples[0].nanoseconds += 4_000_000
            rounds[round].runs["near"]?.profile.samples[1].nanoseconds -= 4_000_000
        }
        let findings = Comparison.findings(
            rounds: rounds, designs: ["signal", "same", "near"], program: [], audit: [:])
        #expect(findings.disagreements.isEmpty)
        #expect(agreement("signal", "same", .function, findings)?.p == 1)
    }

    /// Two more places, the same in both designs, make four to be looked at, and p twice as large.
    @Test func pIsAdjustedForAllPlacesLookedAt() throws {
        func p(places: Int) throws -> Double {
            let rounds = (0..<4).map { round in
                let parts: [(String, Int64, Int64)] = (0..<places).map { ("same\($0):0", 1000, 1) }
                func run(_ a: Int64) -> ProfiledRun {
                    let profile = Planted.profile("x", .sampling, parts + [("a:0", a, 1), ("b:0", 1000 - a, 1)])
                    return ProfiledRun(seconds: 1, profile: profile)
                }
                return Round(
                    control: nil, selfTestControl: nil, runs: ["x": run(400), "y": run([520, 610, 480, 590][round])])
            }
            let findings = Comparison.findings(rounds: rounds, designs: ["x", "y"], program: [], audit: [:])
            return try #require(findings.disagreements.first).p
        }
        #expect(abs(try p(places: 2) / p(places: 0) - 2) < 1e-9)
    }

    @Test func theSameDataGiveTheSameFigures() {
        #expect(PlantedRounds.findings(14) == PlantedRounds.findings(14))
    }
}
