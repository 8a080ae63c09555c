import Foundation
import Testing

@testable import swprof_fuzz

/// The short form of `make fuzz`: a crash or a hang ends the tests.
@Suite struct FuzzTests {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let seeds = try? FuzzSeeds(folder: project.appendingPathComponent("experiments/fuzz/seeds"))

    @Test func nothingThatIsReadDoesHarm() throws {
        let seeds = try #require(Self.seeds)
        var plan = FuzzPlan()
        (plan.executions, plan.seconds) = (4_000, 1.5)
        for kind in seeds.kinds {
            let execution = try FuzzExecution(
                kind, seeds.files[kind] ?? [], folder: Self.project.appendingPathComponent(".build/fuzz").path)
            #expect(execution.run(plan).isEmpty, "\(kind)")
        }
    }

    /// Every reader has seeds, or it would not be tried.
    @Test func everyFormatHasSeeds() throws {
        let kinds = Set(try #require(Self.seeds).kinds)
        #expect(FuzzPlan.formats.isSubset(of: kinds), "\(FuzzPlan.formats.subtracting(kinds))")
    }

    @Test func aSeedGivesTheSameFilesAgain() throws {
        let files = try #require(Self.seeds?.files["pprof"])
        var (one, two) = (FuzzMutator("pprof", files, seed: 3), FuzzMutator("pprof", files, seed: 3))
        for _ in 0..<100 { #expect(one.next() == two.next()) }
    }

    /// After a change a message is one again, and a log's records are whole.
    @Test func structureIsKept() throws {
        var random = FuzzRandom(seed: 5)
        for kind in ["otlp", "pprof"] {
            for file in try #require(Self.seeds?.files[kind]) {
                let changed = FuzzMessage.changed(file, &random, [7])
                #expect(FuzzMessage.changed(changed, &random, [7]) != changed || changed.count < 20)
            }
        }
    }
}
