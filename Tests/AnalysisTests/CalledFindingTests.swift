import ProfileModel
import Testing

@testable import Analysis

/// What a sampler names beside its stacks.
@Suite struct CalledFindingTests {
    /// Of 1000 ticks `f` calls `set.update` in 500, collects garbage in 100 and waits for the GIL in 150; it waits in
    /// `time.sleep` in 50. In 200 it runs on its own: half of these are of `other`.
    private func run() -> PlantedRun {
        var run = PlantedRun(schedule: .poisson)
        let (under, other) = (run.stack("main", "f"), run.stack("other"))
        run.ticks((0..<1000).map { $0 % 20 < 18 ? under : other })
        for at in run.profile.samples.indices {
            let (called, isWaiting) = Self.state(at % 20)
            run.profile.samples[at].note = SampleNote(called: called)
            run.profile.samples[at].isWaiting = isWaiting
        }
        run.ledger(due: 1000)
        run.profile.kindsTold = .all
        return run
    }

    private static func state(_ at: Int) -> (String?, Bool) {
        switch at {
        case 0..<10: ("set.update", false)
        case 10..<12: (Function.garbageCollection, false)
        case 12..<15: (Function.lockWait, true)
        case 15: ("time.sleep", true)
        default: (nil, false)
        }
    }

    @Test func aFunctionThatIsCalledHasItsTimeAndItsCallerToo() throws {
        let findings = try run().findings()
        let update = try findings.function("update")
        #expect(update.qualname == "set.update" && update.file == nil && update.calls == nil)
        #expect(isClose(update.`self`.share, 0.5) && isClose(update.total.share, 0.5))
        #expect(update.`self`.low! < 0.5 && update.`self`.high! > 0.5)
        #expect(isClose(try findings.function("f").`self`.share, 0.9))
        #expect(isClose(try findings.function("<garbage collection>").`self`.share, 0.1))
    }

    @Test func sharesAreOfTheTimeWithin() throws {
        let update = try run().findings(within: "main").function("update")
        #expect(isClose(update.`self`.share, 500.0 / 900))
    }

    @Test func everyTickIsOfOneKind() throws {
        let kinds = try run().findings().kinds
        let shares = Dictionary(uniqueKeysWithValues: kinds.map { ($0.kind, $0.`self`.share ?? 0) })
        #expect(shares.count == 5 && kinds.map(\.kind).first == .c)
        let expected: [TimeKind: Double] = [
            .c: 0.5, .python: 0.2, .lockWait: 0.15, .garbageCollection: 0.1, .waiting: 0.05,
        ]
        #expect(shares.allSatisfy { isClose($1, expected[$0] ?? 0) })
    }

    @Test func whereADesignTellsNoKindThereIsNone() throws {
        var run = PlantedRun()
        run.ticks([run.stack("main")])
        #expect(try run.findings().kinds.isEmpty)
    }

    @Test func designsHaveThemOverRounds() throws {
        let rounds = (0..<4).map { _ in
            Round(
                control: nil, selfTestControl: nil, runs: ["signal": ProfiledRun(seconds: 1, profile: run().profile)])
        }
        let design = try #require(
            Comparison.findings(rounds: rounds, designs: ["signal"], program: [], audit: [:]).designs.first)
        let update = try #require(design.functions.first { $0.qualname == "set.update" })
        #expect(isClose(update.`self`.share, 0.5) && update.file == nil)
    }
}
