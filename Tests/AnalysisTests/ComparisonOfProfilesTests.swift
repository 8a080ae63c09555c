import ProfileModel
import Testing

@testable import Analysis

@Suite struct ComparisonOfProfilesTests {
    @Test func existingProfilesAreSingleRuns() throws {
        let findings = try Comparison.findings(ofProfiles: [
            ("old.pb.gz", PlantedRounds.signal(0)), ("new.pb.gz", PlantedRounds.signal(20)),
            ("traced.pb.gz", PlantedRounds.tracer(0)),
        ])
        #expect(findings.designs.map(\.name) == ["old.pb.gz", "new.pb.gz", "traced.pb.gz"])
        #expect(findings.designs.allSatisfy { $0.estimand == .thisRun && $0.slowdown == nil })
        #expect(findings.runs == 1 && findings.control == nil && findings.disagreements.isEmpty)
        let samplers = try #require(findings.agreement.first)
        #expect(abs(samplers.totalVariation - 0.02) < 1e-12)
        #expect(samplers.noiseFloor == nil && samplers.p == nil && samplers.g == nil)
        #expect(findings.caveats.contains { $0.code == "few-runs" })
    }

    @Test func noProfilesGiveNoFindings() throws {
        let findings = try Comparison.findings(ofProfiles: [])
        #expect(findings.designs.isEmpty && findings.agreement.isEmpty)
    }
}
