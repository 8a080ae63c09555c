import Foundation
import Running
import Testing

@testable import Experiments

@Suite struct StoreTests {
    private func line(_ work: () async throws -> Void) async -> String {
        do {
            try await work()
            return ""
        } catch { return (error as? ExperimentError)?.line ?? "\(error)" }
    }

    @Test func aFullDiskStopsItAndNothingIsLost() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let plan = try Bench.plan(["a": "1"], runs: 2_000)
        let starter = ScriptedStarter()
        do {
            let store = try Store(writing: bench.path)
            try store.database.limit(pages: 40)
            var run = try ExperimentRun(plan, store: store, quick: false, retry: false, build: "test", starter: starter)
            let words = await line { _ = try await run.run { _ in } }
            #expect(words.contains("the disk is full") && words.contains("make room"))
        }
        let stored = try bench.counts().values.reduce(0) { $0 + $1.runs }
        // The one that could not be stored is lost, if it was a run and not a round's beginning.
        #expect(stored > 0 && [0, 1].contains(starter.started.count - stored))
    }

    @Test func twoRunsCannotAddToOneFile() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let first = try Store(writing: bench.path)
        #expect(await line { _ = try Store(writing: bench.path) }.contains("another run is adding"))
        withExtendedLifetime(first) {}
    }

    @Test func mergingTwiceDoublesNothing() async throws {
        let (here, there) = (try Bench(), try Bench())
        defer { here.remove(); there.remove() }
        _ = try await here.run(try Bench.plan(["a": "1", "b": "2"], runs: 2), ScriptedStarter())
        _ = try await there.run(try Bench.plan(["b": "2", "c": "3"], runs: 3), ScriptedStarter())
        let (own, other) = (try Store(writing: here.path), try Store(reading: there.path))
        #expect(try own.merge(other) == 2 * 4 * 3)
        #expect(try own.merge(other) == 0)
        let byBlock = try own.blocks().map { "\($0.workload) \(Set($0.cells.map(\.runs.count)))" }
        #expect(byBlock == ["a [2]", "b [5]", "c [3]"])
        // A round is of one machine still.
        #expect(try own.blocks()[1].cells.allSatisfy { Set($0.runs.map(\.round)).count == 5 })
    }

    @Test(arguments: ["", "no database at all, but long enough to be looked at as one, since a header has a hundred bytes or so………"])
    func whatIsNoStoreIsRefused(_ content: String) async throws {
        let bench = try Bench()
        defer { bench.remove() }
        try Data(content.utf8).write(to: URL(filePath: bench.path))
        #expect(await line { _ = try Store(reading: bench.path) }.contains(bench.path))
    }

    @Test func aMissingStoreSaysWhatToDo() async throws {
        #expect(await line { _ = try Store(reading: "/nonexistent/results.sqlite") }.contains("swprof experiment run"))
    }
}

@Suite struct PlanTests {
    @Test func idsTellByTheirBeginningsWhatIsMeant() throws {
        let plan = try Bench.plan(["a": "1", "b": "2", "c": "3"])
        let cells = plan.blocks.flatMap { $0.cells.map(\.id) }
        #expect(Set(cells.map { $0.prefix(8) }).count == cells.count)
        let one = try plan.only([String(plan.blocks[1].cells[2].id.prefix(8))])
        #expect(one.blocks.count == 1 && one.blocks[0].cells.map(\.arm.name) == ["control", "second control", "signal"])
        #expect(throws: ExperimentError.self) { try plan.only(["nothing"]) }
    }

    @Test func allThatMattersIsInAnId() throws {
        let plans = [
            try Bench.plan(["a": "1"]), try Bench.plan(["a": "2"]), try Bench.plan(["a": "1"], version: "3.12"),
        ]
        #expect(Set(plans.flatMap { $0.blocks[0].cells.map(\.id) }).count == 3 * 4)
        // The name is not, so that a renamed program keeps its results.
        #expect(try Bench.plan(["b": "1"]).blocks[0].id == plans[0].blocks[0].id)
    }

    @Test func aModuleBesideAProgramIsOfItsContent() throws {
        let bench = try Bench()
        defer { bench.remove() }
        let script = bench.folder.appending(path: "p.py").path(percentEncoded: false)
        func write(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: bench.folder.appending(path: name)) }
        try write("import sys\nimport helper\n", "p.py")
        try write("from deeper import x\n", "helper.py")
        try write("x = 1\n", "deeper.py")
        let before = WorkloadProgram.hash(of: script)
        try write("unrelated = 1\n", "other.py")
        #expect(WorkloadProgram.hash(of: script) == before && before != nil)
        try write("x = 2\n", "deeper.py")
        #expect(WorkloadProgram.hash(of: script) != before)
    }
}
