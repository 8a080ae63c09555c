import Foundation
import GRDB
import Measuring
import Running
import Testing

@testable import swprof_coverage

@Suite struct StoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "coverage-tests-\(UUID().uuidString)")

    @Test func resultsOutliveTheProcess() throws {
        let path = folder.appending(path: "deep/results.sqlite").path()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Store(writing: path, .coverage).settle(.tiny, Seed(base: 7))
        let store = try Store(reading: path, .coverage)
        #expect(try store.extent() == .tiny)
        #expect(try store.seed().base == 7)
    }

    @Test func otherCountsOrSeedsAreNotMixed() throws {
        let store = try Store(inMemory: .coverage)
        try store.settle(.tiny, Seed(base: 1))
        try store.settle(.tiny, Seed(base: 1))
        #expect(throws: RunningError.self) { try store.settle(.tiny, Seed(base: 2)) }
        #expect(throws: RunningError.self) { try store.settle(.quick, Seed(base: 1)) }
    }

    @Test func aProgramThatHasChangedIsNotMixed() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "w.py").path()
        let workload = Workload(name: "w", path: path)
        let store = try Store(inMemory: .coverage)
        try Data("one".utf8).write(to: URL(filePath: path))
        try store.checkUnchanged(workload)
        try store.checkUnchanged(workload)
        try Data("two".utf8).write(to: URL(filePath: path))
        #expect(throws: RunningError.self) { try store.checkUnchanged(workload) }
        #expect(try store.changedPrograms() == [path])
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: RunningError.self) { try store.checkUnchanged(workload) }
        #expect(try store.changedPrograms() == [path])
    }

    /// What is kept is of programs that are as they were, and what was asked for may then be asked for anew.
    @Test func whatWasMeasuredOfAChangedProgramIsForgotten() throws {
        let store = try Store(inMemory: .coverage)
        try store.settle(.tiny, Seed(base: 1))
        try store.checkUnchanged(.lockstep)
        try store.checkUnchanged(try Workload.named(["equal"])[0])
        let session = try store.beginSession(audit: [:])
        try store.write { db in
            for name in ["lockstep", "lockstep half", "equal"] {
                try db.execute(
                    sql:
                        "INSERT INTO run VALUES (NULL, ?, ?, 0, 'jittered', 'wall', 'root', 0, NULL, NULL, 0, 1, '1', 1, 1, 1, 1, 0, 0, 0, 0)",
                    arguments: [session, name])
                try db.execute(
                    sql: "INSERT INTO timeline (session, workload, number, content) VALUES (?, ?, 0, '')",
                    arguments: [session, name])
            }
            try db.execute(sql: "UPDATE program SET hash = 'another' WHERE path LIKE '%lockstep.py'")
        }
        try store.forgetChanged()
        for table in ["run", "timeline"] {
            #expect(try store.read { try String.fetchAll($0, sql: "SELECT workload FROM \(table)") } == ["equal"])
        }
        #expect(try store.changedPrograms().isEmpty)
        try store.settle(.quick, Seed(base: 1))
        #expect(try store.extent() == .quick)
    }

    @Test func aModuleBesideAProgramIsAPartOfIt() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (program, helper) = (folder.appending(path: "w.py"), folder.appending(path: "helper.py"))
        let store = try Store(inMemory: .coverage)
        try Data("import helper\n".utf8).write(to: program)
        try Data("one".utf8).write(to: helper)
        try store.checkUnchanged(Workload(name: "w", path: program.path()))
        #expect(try store.changedPrograms().isEmpty)
        try Data("two".utf8).write(to: helper)
        #expect(try store.changedPrograms() == [program.path()])
    }

    /// What is committed is of the programs that are beside it; they are named from the repository's root on, where tests run.
    @Test func theStoredResultsAreNotStale() throws {
        #expect(try Store(reading: "experiments/coverage/results.sqlite", .coverage).changedPrograms() == [])
    }

    @Test func aFileThatIsNotThereOrNoneIsOneLine() throws {
        #expect(throws: RunningError.self) { try Store(reading: "/nonexistent/results.sqlite", .coverage) }
        let text = FileManager.default.temporaryDirectory.appending(path: "coverage-tests-\(UUID().uuidString).sqlite")
        try Data(String(repeating: "no database ", count: 200).utf8).write(to: text)
        defer { try? FileManager.default.removeItem(at: text) }
        for open in [{ try Store(reading: $0, .coverage) }, { try Store(writing: $0, .coverage) }]
            as [(String) throws -> Store]
        {
            let error = #expect(throws: RunningError.self) { _ = try open(text.path()) }
            #expect(error?.description.contains("\n") == false)
        }
    }

    @Test func seedsFollowFromTheWords() {
        let seed = Seed(base: 1)
        #expect(seed.of("a", "b") == seed.of("a", "b"))
        #expect(Set([seed.of("a", "b"), seed.of("ab"), seed.of("b", "a"), Seed(base: 2).of("a", "b")]).count == 4)
    }

    @Test func theReportIsMadeFromTheStoreAlone() async throws {
        let experiment = try experiment()
        try await Enumerated().measure(in: experiment)
        let report = try Report(experiment.store, Pieces.all)
        #expect(report.lines.contains("  machine: a test"))
        #expect(report.lines.first?.hasPrefix("tiny form, seed 1") == true)
        #expect(report.lines.contains { $0.hasPrefix("poisson, one share, N = 30, expected count at least 10") })
        #expect(report.lines.allSatisfy { !$0.contains("nan") && !$0.contains("inf") })
        #expect(!report.lines.contains { $0.hasPrefix("stale") })
    }

    @Test func anEmptyStoreHasNoReport() throws {
        let error = #expect(throws: RunningError.self) { _ = try Report(Store(inMemory: .coverage), Pieces.all) }
        #expect(error?.description.contains("make coverage") == true)
    }

    /// As it was before: a condition was a text, and runs of each are found by what it said.
    @Test func anOlderFileIsReadByTheColumnsOfItsArms() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "old.sqlite").path()
        let conditions = [
            "wall root quiet", "cpu unprivileged load 4", "wall root one processor", "wall root quiet 3.13",
        ]
        do {
            let old = try DatabaseQueue(path: path)
            try StoreSchema.coverage.migrator.migrate(old, upTo: "coverage/2")
            try old.write { db in
                try db.execute(sql: "INSERT INTO session VALUES (1, 'then')")
                for (id, condition) in conditions.enumerated() {
                    try db.execute(
                        sql:
                            "INSERT INTO run VALUES (?, 1, 'w', 'jittered', 0, ?, 0, 1000, '1', 1, 9, 10, 9, 0, 1, 0, 0)",
                        arguments: [id + 1, condition])
                    try db.execute(sql: "INSERT INTO share VALUES (?, 'f', 0.5, 0.4, 0.3, 0.6)", arguments: [id + 1])
                }
                try db.execute(sql: "INSERT INTO block VALUES (1, 1, 'wall root load 4', 1000, 1, 2, 3, 4, 5)")
            }
        }
        let store = try Store(reading: path, .coverage)
        let cells = try store.cells([.jittered], aim: 0)
        #expect(Set(cells.map(\.arm.condition)) == Set(conditions))
        #expect(cells.allSatisfy { $0.runs.count == 1 && $0.runs[0].lost == 1 && $0.runs[0].shares[0].isCovered })
        #expect(cells.first { $0.arm.surroundings.processors == 1 }?.arm == .run(in: Surroundings(processors: 1)))
        #expect(
            try store.extent(
                of: RunKind(
                    workload: .here("w"), aim: 0, arm: .run(clock: .cpu, in: Surroundings(user: .unprivileged, load: 4))
                )
            ).runs == 1)
        #expect(try store.blocks(under: .run(in: Surroundings(load: 4))).map(\.lastSeconds) == [5])
    }

    @Test func piecesAndWorkloadsAreFoundByName() throws {
        #expect(Pieces.named("enum").map(\.name) == ["enumerated"])
        #expect(Pieces.named("nosuch").isEmpty)
        #expect(Set(Pieces.all.map(\.name)).count == Pieces.all.count)
        #expect(try Workload.named(["zipf", "lockstep"]).map(\.name) == ["zipf", "lockstep"])
        #expect(throws: RunningError.self) { try Workload.named(["nosuch"]) }
    }
}
