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

    /// Five runs each of two programs, which differ by more than their runs do.
    @Test func runsOfTwoProgramsAreComparedOverRuns() throws {
        let findings = try Comparison.findings(ofProfiles: Self.profiles(of: ["old.py": 0, "new.py": 100], runs: 6))
        #expect(findings.designs.map(\.name) == ["new.py 0 and 5 more", "old.py 0 and 5 more"])
        #expect(findings.runs == 6 && findings.designs.allSatisfy { $0.estimand == .expectedRun })
        let byFunction = try #require(findings.agreement.first)
        #expect(byFunction.estimand == .expectedRun && byFunction.p == 1 / 32)
        #expect(findings.disagreements.contains { $0.function == "helper" && $0.p < 0.05 })
        #expect(findings.differences.isEmpty && findings.caveats.contains { $0.code == "program-mismatch" })
    }

    @Test func fewRunsOfOneOfThemAreSingleRuns() throws {
        var profiles = Self.profiles(of: ["old.py": 0, "new.py": 100], runs: 3)
        #expect(try Comparison.findings(ofProfiles: profiles).designs.count == 2)
        profiles.removeLast()
        #expect(try Comparison.findings(ofProfiles: profiles).designs.count == 5)
    }

    @Test func runsOfOneProgramAreSingleRuns() throws {
        let findings = try Comparison.findings(ofProfiles: Self.profiles(of: ["same.py": 0], runs: 4))
        #expect(findings.designs.count == 4 && findings.designs.allSatisfy { $0.estimand == .thisRun })
    }

    /// - Parameter programs: by name, what each adds to `work`, in milliseconds.
    private static func profiles(of programs: [String: Int64], runs: Int) -> [(name: String, profile: Profile)] {
        programs.sorted { $0.key < $1.key }.flatMap { program, shift in
            (0..<runs).map { run in
                var profile = PlantedRounds.signal(shift + Int64(run % 3))
                profile.program = [program]
                return ("\(program) \(run)", profile)
            }
        }
    }
}
