import ProfileModel
import Testing

@testable import Analysis

@Suite struct RankFindingsTests {
    @Test func aClearLeadIsSure() throws {
        var run = PlantedRun(schedule: .poisson)
        let (a, b) = (run.stack("a"), run.stack("b"))
        run.ticks((0..<400).map { $0 % 4 == 0 ? b : a })
        let findings = try run.findings()
        let ranks = try #require(findings.ranks)
        #expect(ranks.function == "module.a" && ranks.second == "module.b" && ranks.probability == 1)
        #expect(findings.caveatCodes.isEmpty)
    }

    @Test func aLeadThatTicksCouldHaveTurnedIsToldAsSuch() throws {
        var run = PlantedRun(schedule: .poisson)
        let (a, b) = (run.stack("a"), run.stack("b"))
        run.ticks((0..<401).map { $0 % 2 == 0 ? a : b })
        let findings = try run.findings()
        #expect(findings.caveatCodes == ["order-may-flip"])
        #expect(try #require(findings.ranks).probability < 0.6)
    }

    /// Long phases leave chance one tick at each change: 201 against 199 may become a tie in a quarter of draws, 220 against 180 not.
    @Test func slowPhasesUnderJitterAreSurer() throws {
        func probability(_ first: Int) throws -> Double {
            var run = PlantedRun()
            let (a, b) = (run.stack("a"), run.stack("b"))
            run.ticks((0..<400).map { $0 < first ? a : b })
            return try #require(try run.findings().ranks).probability
        }
        #expect(try probability(220) == 1)
        #expect(try probability(199) > 0.7)
    }

    @Test func oneFunctionOrNothingNeedsNoOrder() throws {
        var run = PlantedRun()
        run.ticks(Array(repeating: run.stack("a"), count: 50))
        let alone = try #require(try run.findings().ranks)
        #expect(alone.second == nil && alone.probability == 1)
        #expect(try PlantedRun().findings().ranks == nil)
        #expect(try PlantedRun(.tracing).findings().ranks == nil)
    }

    @Test func roundsTellTheOrderOfDesigns() throws {
        let findings = PlantedRounds.findings(6)
        #expect(findings.designs.map { $0.ranks?.function } == ["helper", "work", "work"])
        let pair = try #require(findings.ranks.first { $0.a == "setprofile" && $0.b == "signal" })
        #expect(pair.kendallTau == -1 && pair.top == 2 && pair.overlap == 1)
        #expect(findings.ranks.first { $0.a == "signal" && $0.b == "gil" }?.kendallTau == 1)
        #expect(PlantedRounds.findings(2).designs.allSatisfy { $0.ranks == nil })
    }

    @Test func roundsThatDisagreeAreToldAsSuch() throws {
        let rounds = (0..<5).map { round in
            let profile = Planted.profile(
                "x", .sampling, [("a:0", round % 2 == 0 ? 600 : 420, 1), ("b:0", round % 2 == 0 ? 400 : 580, 1)])
            return Round(control: nil, selfTestControl: nil, runs: ["x": ProfiledRun(seconds: 1, profile: profile)])
        }
        let design = try #require(
            Comparison.findings(rounds: rounds, designs: ["x"], program: [], audit: [:]).designs.first)
        #expect(design.caveats.contains { $0.code == "order-may-flip" })
    }
}
