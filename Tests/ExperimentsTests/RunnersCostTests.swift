import Measuring
import Running
import Testing

@testable import Experiments

@Suite struct RunnersCostTests {
    /// Runs of half a second, each begun so long after the one before had ended; those of `nil` were not ended.
    private func cost(of gaps: [Double?]) throws -> Double? {
        let bench = try Bench()
        defer { bench.remove() }
        let store = try Store(writing: bench.path, .experiment)
        let plan = try Bench.plan(["a": "1"], designs: [])
        let session = try store.beginSession(plan, quick: false, build: "", audit: [:])
        let (block, cells) = try store.note(plan.blocks[0])
        var now = 1_000.0
        for gap in gaps {
            now += gap ?? 20
            let process = ProcessOutcome(status: gap == nil ? -1 : 0, seconds: gap == nil ? 0 : 0.5)
            let round = try store.beginRound(block, due: 1, session: session, MachineMoment())
            try store.add(
                Measurement(began: now, process: process, why: gap == nil ? "it was not ended" : nil),
                cell: try #require(cells.values.first),
                to: round, session: session)
            now += process.seconds
        }
        return try store.runnersCost()
    }

    @Test func itIsTheTimeBetweenRuns() throws {
        #expect(abs(try #require(try cost(of: [0, 0.01, 0.02, 0.03])) - 0.06 / 1.5) < 1e-6)
    }

    @Test func whatARunTookThatWasNotEndedIsNotTheRunners() throws {
        #expect(abs(try #require(try cost(of: [0, 0.01, nil, 30, 0.01, nil, nil, 40, 0.01])) - 0.03 / 1.5) < 1e-6)
    }

    @Test func ofFewRunsItIsNotTold() throws {
        #expect(try cost(of: [0, 0.01, 0.01]) == nil)
        #expect(try cost(of: []) == nil)
    }
}
