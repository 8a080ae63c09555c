import Measuring
import Running
import Testing

@testable import Experiments

@Suite struct ExperimentRunTests {
    @Test func everyCellIsRunSoOftenAndThenNeverAgain() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let plan = try Bench.plan(["a": "1", "b": "2"])
        let starter = ScriptedStarter()
        #expect(try await bench.run(plan, starter).measured == 2 * 4 * 3)
        #expect(Set(try bench.counts().values.map(\.runs)) == [3])
        let again = ScriptedStarter()
        #expect(try await bench.run(plan, again).measured == 0 && again.started.isEmpty)
    }

    @Test func profilesAreReadOnceAndOnlyWhereTheyTellSomethingNew() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let starter = ScriptedStarter()
        _ = try await bench.run(
            try Bench.plan(["a": "1"], designs: [.signal, .setprofile], peers: [.pySpy, .viztracer]), starter)
        #expect(starter.readings("a signal") == [.whole, .ledger, .ledger])
        #expect(starter.readings("a setprofile") == [.whole, .nothing, .nothing])
        #expect(starter.readings("a py-spy") == [.whole, .nothing, .nothing])
        #expect(starter.readings("a viztracer") == [.nothing, .nothing, .nothing])
        _ = try await bench.run(try Bench.plan(["b": "2"], designs: [.signal], peers: [.viztracer]), starter)
        #expect(starter.readings("b viztracer") == [.whole, .nothing, .nothing])
    }

    @Test func roundsAreOfRandomOrder() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let starter = ScriptedStarter()
        _ = try await bench.run(try Bench.plan(["a": "1"], runs: 12), starter)
        let rounds = stride(from: 0, to: 48, by: 4).map { Array(starter.started[$0..<$0 + 4]) }
        #expect(rounds.allSatisfy { Set($0).count == 4 })
        #expect(Set(rounds).count > 3)
    }

    @Test func aNewDesignIsRunWithControlsOfItsOwnAndNoOther() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        _ = try await bench.run(try Bench.plan(["a": "1"], designs: [.signal]), ScriptedStarter())
        let starter = ScriptedStarter()
        _ = try await bench.run(try Bench.plan(["a": "1"], designs: [.signal, .gil]), starter)
        #expect(starter.count("a gil") == 3 && starter.count("a signal") == 0)
        #expect(starter.count("a control") == 3 && starter.count("a second control") == 3)
    }

    @Test func changedContentIsMeasuredAnewAndChangedNumberOfRunsGoesOn() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        _ = try await bench.run(try Bench.plan(["a": "1"]), ScriptedStarter())
        #expect(try await bench.run(try Bench.plan(["a": "1"], runs: 5), ScriptedStarter()).measured == 4 * 2)
        #expect(try await bench.run(try Bench.plan(["a": "changed"]), ScriptedStarter()).measured == 4 * 3)
        #expect(try await bench.run(try Bench.plan(["a": "1"], version: "3.11.3"), ScriptedStarter()).measured == 4 * 3)
    }

    @Test func aCellThatFailsIsGivenUpAndTheRestGoesOn() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let starter = ScriptedStarter { arm, _ in
            var outcome = ProcessOutcome(status: arm.name == "signal" ? 1 : 0, seconds: 0.5)
            outcome.errorEnd = "Traceback\nwrong answer: 4, not 5\n"
            return outcome
        }
        let plan = try Bench.plan(["a": "1"], runs: 5)
        let summary = try await bench.run(plan, starter)
        #expect(summary.failed == 2 && starter.count("a signal") == 2 && starter.count("a evalframe") == 5)
        let counts = try bench.counts()
        #expect(counts.values.contains { $0.why == "status 1: wrong answer: 4, not 5" })
        let retried = ScriptedStarter()
        _ = try await bench.run(plan, retried, retry: true)
        #expect(retried.count("a signal") == 5 && retried.count("a evalframe") == 0)
    }

    @Test func aProgramThatFailsUnprofiledIsLeftAlone() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let starter = ScriptedStarter { _, block in
            ProcessOutcome(status: block.workload.name == "a" ? 3 : 0, seconds: 0.5)
        }
        _ = try await bench.run(try Bench.plan(["a": "1", "b": "2"], runs: 6), starter)
        #expect(starter.started.count { $0.hasPrefix("a ") } <= 8 && starter.count("b signal") == 6)
    }

    @Test func ofAProgramThatHangsOneRunIsEnough() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let starter = ScriptedStarter { _, _ in
            var outcome = ProcessOutcome(status: 137, seconds: 120)
            outcome.isOverTime = true
            return outcome
        }
        _ = try await bench.run(try Bench.plan(["a": "1"], runs: 6), starter)
        #expect(starter.started.count <= 4)
        #expect(try bench.counts().values.contains { $0.why == "hung: killed after 120 s" })
    }

    @Test func anInterruptedRoundIsEndedWithWhatItLacks() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let plan = try Bench.plan(["a": "1"], runs: 2)
        try begin(plan, bench, cells: 3)
        let starter = ScriptedStarter()
        #expect(try await bench.run(plan, starter).measured == 4 * 2 - 3)
        #expect(Set(try bench.counts().values.map(\.runs)) == [2])
        let rounds = try Store(reading: bench.path, .experiment).all("SELECT count(*) FROM round") { $0[0] as Int }
        #expect(rounds == [2])
    }

    /// As a killed run leaves it: a round with some of its cells.
    private func begin(_ plan: Plan, _ bench: Bench, cells: Int) throws {
        let store = try Store(writing: bench.path, .experiment)
        let session = try store.beginSession(plan, quick: false, build: "", audit: [:])
        let (block, numbers) = try store.note(plan.blocks[0])
        let round = try store.beginRound(block, due: 4, session: session, MachineMoment())
        for cell in plan.blocks[0].cells.prefix(cells) {
            try store.add(
                Measurement(process: ProcessOutcome(status: 0, seconds: 0.5)), cell: numbers[cell.id] ?? 0, to: round,
                session: session)
        }
    }
}
