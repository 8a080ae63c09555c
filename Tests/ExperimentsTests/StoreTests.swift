import Analysis
import Foundation
import GRDB
import Measuring
import Running
import Testing

@testable import Experiments

@Suite struct StoreTests {
    private func line(_ work: () async throws -> Void) async -> String {
        do {
            try await work()
            return ""
        } catch { return (error as? RunningError)?.line ?? "\(error)" }
    }

    @Test func aFullDiskStopsItAndNothingIsLost() async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let plan = try Bench.plan(["a": "1"], runs: 2_000)
        let starter = ScriptedStarter()
        do {
            let store = try Store(writing: bench.path, .experiment)
            try store.limit(pages: 40)
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
        let first = try Store(writing: bench.path, .experiment)
        #expect(await line { _ = try Store(writing: bench.path, .experiment) }.contains("another run is adding"))
        withExtendedLifetime(first) {}
    }

    @Test func mergingTwiceDoublesNothing() async throws {
        let (here, there) = (try Bench(), try Bench())
        defer { here.remove(); there.remove() }
        _ = try await here.run(try Bench.plan(["a": "1", "b": "2"], runs: 2), ScriptedStarter())
        _ = try await there.run(try Bench.plan(["b": "2", "c": "3"], runs: 3), ScriptedStarter())
        let (own, other) = (try Store(writing: here.path, .experiment), try Store(reading: there.path, .experiment))
        #expect(try own.merge(other) == 2 * 4 * 3)
        #expect(try own.merge(other) == 0)
        let byBlock = try own.blocks().map { "\($0.workload) \(Set($0.cells.map(\.runs.count)))" }
        #expect(byBlock == ["a [2]", "b [5]", "c [3]"])
        // A round is of one machine still.
        #expect(try own.blocks()[1].cells.allSatisfy { Set($0.runs.map(\.round)).count == 5 })
    }

    @Test(arguments: [
        "", "no database at all, but long enough to be looked at as one, since a header has a hundred bytes or so………",
    ])
    func whatIsNoStoreIsRefused(_ content: String) async throws {
        let bench = try Bench()
        defer { bench.remove() }
        try Data(content.utf8).write(to: URL(filePath: bench.path))
        #expect(await line { _ = try Store(reading: bench.path, .experiment) }.contains(bench.path))
    }

    @Test func aMissingStoreSaysWhatToDo() async throws {
        #expect(
            await line { _ = try Store(reading: "/nonexistent/results.sqlite", .experiment) }.contains(
                "swprof experiment run"))
    }
}

@Suite struct MigrationTests {
    @Test(arguments: [
        ("signal", true, LabelledArm(design: "signal", rate: 1000, schedule: "jittered", clock: "wall")),
        ("gil 2.5 Hz periodic cpu", true, LabelledArm(design: "gil", rate: 2.5, schedule: "periodic", clock: "cpu")),
        ("setprofile cpu", false, LabelledArm(design: "setprofile", clock: "cpu")),
        ("lines of f,A.g", false, LabelledArm(design: "lines", clock: "wall", functions: #"["f","A.g"]"#)),
        ("py-spy 100 Hz", true, LabelledArm(peer: "py-spy", rate: 100)),
        ("cProfile", false, LabelledArm(peer: "cProfile")),
    ]) func aLabelIsTakenApart(label: String, isSampler: Bool, arm: LabelledArm) {
        #expect(LabelledArm(label, isSampler: isSampler) == arm)
    }

    /// The label was made of the arm, so the arm that is read from it has the same label.
    @Test func anOlderFileIsReadByTheColumnsOfItsArmsAndStaysAsItIs() throws {
        let bench = try Bench()
        defer { bench.remove() }
        let labels = [
            "signal", "signal 100 Hz poisson cpu", "lines of f,g", "evalframe", "py-spy", "pyinstrument 50 Hz",
            "cProfile",
        ]
        do {
            let old = try DatabaseQueue(path: bench.path)
            try StoreSchema.experiment.migrator.migrate(old, upTo: "experiment/1")
            try old.write { db in
                try db.execute(sql: "INSERT INTO session VALUES (1, 'k', 'then', '', 't', 0, '1', '')")
                try db.execute(sql: "INSERT INTO block VALUES (1, 'b', 'w', '[\"10\"]', '3.11.2', 'h')")
                try db.execute(sql: "INSERT INTO round VALUES (1, 'k', 1, 1, 7, NULL, NULL, NULL)")
                for (number, label) in labels.enumerated() {
                    let isSampler = ["signal", "py-spy", "pyinstrument"].contains { label.hasPrefix($0) }
                    try db.execute(
                        sql: "INSERT INTO cell VALUES (?, ?, 1, ?, 'profiled', ?)",
                        arguments: [number, "c\(number)", label, isSampler ? "sampling" : "tracing"])
                    try db.execute(
                        sql: """
                            INSERT INTO measurement (round, cell, session, position, began, wall, cpu, status) VALUES (1, ?, 1, 0, 0, 1, 1, 0)
                            """, arguments: [number])
                }
            }
        }
        let bytes = try Data(contentsOf: URL(filePath: bench.path))
        let block = try #require(try Store(reading: bench.path, .experiment).blocks().first)
        #expect(block.cells.map(\.arm) == labels && block.arguments == ["10"] && block.rounds == 1)
        #expect(block.cells[1].settings == ArmSettings(design: "signal", rate: 100, schedule: .poisson, clock: .cpu))
        #expect(try Data(contentsOf: URL(filePath: bench.path)) == bytes)
        #expect(try Store(writing: bench.path, .experiment).blocks().first?.cells.map(\.arm) == labels)
    }

    @Test func aFileOfALaterVersionIsRefused() throws {
        let bench = try Bench()
        defer { bench.remove() }
        do { _ = try Store(writing: bench.path, .experiment) }
        try DatabaseQueue(path: bench.path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('experiment/99')")
        }
        for open in [{ try Store(reading: $0, .experiment) }, { try Store(writing: $0, .experiment) }]
            as [(String) throws -> Store]
        {
            let error = #expect(throws: RunningError.self) { _ = try open(bench.path) }
            #expect(error?.line.contains("another version of swprof") == true)
        }
    }
}

@Suite struct PlanTests {
    @Test func idsTellByTheirBeginningsWhatIsMeant() throws {
        let plan = try Bench.plan(["a": "1", "b": "2", "c": "3"])
        let cells = plan.blocks.flatMap { $0.cells.map(\.id) }
        #expect(Set(cells.map { $0.prefix(8) }).count == cells.count)
        let one = try plan.only([String(plan.blocks[1].cells[2].id.prefix(8))])
        #expect(
            one.blocks.count == 1 && one.blocks[0].cells.map(\.arm.name) == ["control", "second control", "signal"])
        #expect(throws: RunningError.self) { try plan.only(["nothing"]) }
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
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: bench.folder.appending(path: name))
        }
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
