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
        #expect(byFunction.estimand == .expectedRun && byFunction.p == 2.0 / 924)
        #expect(try #require(byFunction.noiseFloor) < 0.01 && !findings.caveats.contains { $0.code == "single-runs" })
        #expect(findings.disagreements.contains { $0.function == "helper" && $0.p < 0.05 })
        #expect(findings.differences.isEmpty && findings.caveats.contains { $0.code == "program-mismatch" })
    }

    /// Five runs each of two programs that are apart can be told apart, which rounds of five never can.
    @Test func fiveRunsEachAreEnough() throws {
        let findings = try Comparison.findings(ofProfiles: Self.profiles(of: ["old.py": 0, "new.py": 100], runs: 5))
        #expect(findings.agreement.first?.p == 2.0 / 252 && !findings.caveats.contains { $0.code == "few-runs" })
        let four = try Comparison.findings(ofProfiles: Self.profiles(of: ["old.py": 0, "new.py": 100], runs: 4))
        let caveat = try #require(four.caveats.first { $0.code == "few-runs" })
        #expect(four.agreement.first?.p == nil && caveat.text.contains("2/C(8, 4) = 0.0286"))
    }

    /// All runs count, whatever the number of the others.
    @Test func programsNeedNotHaveAsManyRuns() throws {
        var profiles = Self.profiles(of: ["old.py": 0, "new.py": 100], runs: 8)
        profiles.removeLast(2)
        let findings = try Comparison.findings(ofProfiles: profiles)
        #expect(findings.runs == 6 && findings.agreement.first?.p == 1.0 / 3003)
    }

    /// One run is held against how the runs of the other program vary.
    @Test(arguments: [(0, false), (100, true)]) func aSingleRunIsHeldAgainstTheOthersVariation(
        shift: Int, isFound: Bool
    ) throws {
        var profiles = Self.profiles(of: ["old.py": 0], runs: 6)
        profiles += Self.profiles(of: ["new.py": Int64(shift)], runs: 1)
        let findings = try Comparison.findings(ofProfiles: profiles)
        #expect(findings.designs.map(\.name) == ["old.py 0 and 5 more", "new.py 0"] && findings.differences.isEmpty)
        #expect(findings.disagreements.contains { $0.function == "helper" } == isFound)
        let caveat = try #require(findings.caveats.first { $0.code == "single-runs" })
        #expect(caveat.text.contains("`new.py 0` has too few runs") && findings.agreement.first?.p == nil)
        #expect(findings.agreement.first?.noiseFloor != nil)
    }

    /// A program that was edited between runs is told by the files' names.
    @Test(arguments: [("runs/new", "runs/old"), ("v1.2", "v1.3")])
    func numberedFilesOfOneProgramAreTwoKinds(names: (String, String)) throws {
        let profiles = [(names.0, Int64(100)), (names.1, 0)].flatMap { name, shift in
            Self.profiles(of: ["same.py": shift], runs: 5).enumerated().map {
                ("\(name)-\($0.offset).pb.gz", $0.element.profile)
            }
        }
        let findings = try Comparison.findings(ofProfiles: profiles)
        #expect(
            findings.designs.map(\.name) == ["\(names.0)-0.pb.gz and 4 more", "\(names.1)-0.pb.gz and 4 more"])
        #expect(findings.agreement.first?.p == 2.0 / 252)
    }

    @Test func aFewRunsOfEachAreSingleRuns() throws {
        let findings = try Comparison.findings(ofProfiles: Self.profiles(of: ["old.py": 0, "new.py": 100], runs: 2))
        #expect(findings.designs.count == 4)
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
