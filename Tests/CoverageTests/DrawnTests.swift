import Foundation
import Measuring
import Running
import Testing

@testable import swprof_coverage

private let timeline = #"{"within": [0, 1000000], "segments": [["f", 0, 300000], ["g", 300000, 900000]]}"#

/// A starter that writes a timeline where it is told to.
private func recorder(_ json: String = timeline) -> ScriptedStarter {
    ScriptedStarter(control: { _, environment in
        try json.write(toFile: environment["TRUTH_TIMELINE"] ?? "", atomically: true, encoding: .utf8)
        return PlainRun(seconds: 1, output: "")
    })
}

@Suite struct DrawnTests {
    @Test func everyCellIsDrawnOnceAndReadBack() async throws {
        let starter = recorder()
        let experiment = try experiment(starter)
        try await Drawn().measure(in: experiment)
        let rows = try Drawn().rows(from: experiment.store)
        #expect(rows.map(\.figure).prefix(2) == ["jittered, drawn, w, N = 50", "poisson, drawn, w, N = 50"])
        #expect(rows[0].from == "20 draws of 2 timelines")
        #expect(rows[0].verdict == .met)
        try await Drawn().measure(in: experiment)
        #expect(try Drawn().rows(from: experiment.store) == rows)
        #expect(starter.starts.count == 2)
    }

    /// What was drawn before an interruption is neither drawn again nor different.
    @Test func anInterruptedDrawGoesOn() async throws {
        let whole = try experiment(recorder())
        try await Drawn().measure(in: whole)
        let broken = try experiment(recorder())
        try await Drawn().measure(in: broken)
        try broken.store.write { db in
            try db.execute(sql: "DELETE FROM drawnFunction WHERE drawn > 2; DELETE FROM drawn WHERE id > 2")
        }
        #expect(try Drawn().rows(from: broken.store) != Drawn().rows(from: whole.store))
        try await Drawn().measure(in: broken)
        #expect(try Drawn().rows(from: broken.store) == Drawn().rows(from: whole.store))
    }

    @Test func aWorkloadThatWritesNoTimelineIsNamedAndTheOthersGoOn() async throws {
        let starter = ScriptedStarter(control: { workload, environment in
            if workload.name == "good" {
                try timeline.write(toFile: environment["TRUTH_TIMELINE"] ?? "", atomically: true, encoding: .utf8)
            }
            return PlainRun(seconds: 1, output: "")
        })
        let experiment = try experiment(starter, workloads: [.here("bad"), .here("good")])
        await #expect(throws: RunningError.self) { try await Drawn().measure(in: experiment) }
        #expect(try Drawn().rows(from: experiment.store).contains { $0.figure == "jittered, drawn, good, N = 50" })
    }

    @Test func aCellThatSeldomCoversIsMissed() {
        var cell = DrawnCell(workload: "w", schedule: "jittered", ticks: 100)
        cell.picked = Trials(successes: 1700, count: 2000)
        #expect(cell.coverageRow.verdict == .missed)
        cell.picked = Trials(successes: 1880, count: 2000)
        #expect(cell.coverageRow.verdict == .met)
    }

    @Test func widthsAreHeldToPoissons() {
        var cell = DrawnCell(workload: "w", schedule: "jittered", ticks: 100)
        cell.functions["f"] = DrawnCell.Function(widest: 1.01, slowWidth: 0.6, slowPoissonWidth: 1)
        #expect(DrawnWidths.rows([cell]).map(\.verdict) == [.missed, .missed])
        cell.functions["f"] = DrawnCell.Function(widest: 1, slowWidth: 0.4, slowPoissonWidth: 1)
        #expect(DrawnWidths.rows([cell]).map(\.verdict) == [.met, .met])
        cell.functions["f"] = DrawnCell.Function(widest: 1)
        #expect(DrawnWidths.rows([cell]).count == 1)
    }
}
