import Foundation
import GRDB
import Testing

@testable import swprof_coverage

@Suite struct StoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "coverage-tests-\(UUID().uuidString)")

    @Test func resultsOutliveTheProcess() throws {
        let path = folder.appending(path: "deep/results.sqlite").path()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Store(making: path).settle(.tiny, Seed(base: 7))
        let store = try Store(reading: path)
        #expect(try store.extent() == .tiny)
        #expect(try store.seed().base == 7)
    }

    @Test func otherCountsOrSeedsAreNotMixed() throws {
        let store = try Store()
        try store.settle(.tiny, Seed(base: 1))
        try store.settle(.tiny, Seed(base: 1))
        #expect(throws: CoverageError.self) { try store.settle(.tiny, Seed(base: 2)) }
        #expect(throws: CoverageError.self) { try store.settle(.quick, Seed(base: 1)) }
    }

    @Test func aProgramThatHasChangedIsNotMixed() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "w.py").path()
        let workload = Workload(name: "w", path: path)
        let store = try Store()
        try Data("one".utf8).write(to: URL(filePath: path))
        try store.checkUnchanged(workload)
        try store.checkUnchanged(workload)
        try Data("two".utf8).write(to: URL(filePath: path))
        #expect(throws: CoverageError.self) { try store.checkUnchanged(workload) }
        #expect(try store.changedPrograms() == [path])
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: CoverageError.self) { try store.checkUnchanged(workload) }
        #expect(try store.changedPrograms() == [path])
    }

    /// What is kept is of programs that are as they were, and what was asked for may then be asked for anew.
    @Test func whatWasMeasuredOfAChangedProgramIsForgotten() throws {
        let store = try Store()
        try store.settle(.tiny, Seed(base: 1))
        try store.checkUnchanged(.lockstep)
        try store.checkUnchanged(try Workload.named(["equal"])[0])
        let session = try store.beginSession(audit: [:])
        try store.write { db in
            for name in ["lockstep", "lockstep half", "equal"] {
                try db.execute(
                    sql: "INSERT INTO run VALUES (NULL, ?, ?, 'jittered', 0, 'wall root quiet', 0, 1, '1', 1, 1, 1, 1, 0, 0, 0, 0)",
                    arguments: [session, name])
                try db.execute(sql: "INSERT INTO timeline (session, workload, number, content) VALUES (?, ?, 0, '')", arguments: [session, name])
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
        let store = try Store()
        try Data("import helper\n".utf8).write(to: program)
        try Data("one".utf8).write(to: helper)
        try store.checkUnchanged(Workload(name: "w", path: program.path()))
        #expect(try store.changedPrograms().isEmpty)
        try Data("two".utf8).write(to: helper)
        #expect(try store.changedPrograms() == [program.path()])
    }

    /// What is committed is of the programs that are beside it; they are named from the repository's root on, where tests run.
    @Test func theStoredResultsAreNotStale() throws {
        #expect(try Store(reading: "experiments/coverage/results.sqlite").changedPrograms() == [])
    }

    @Test func aFileThatIsNotThereOrNoneIsOneLine() throws {
        #expect(throws: CoverageError.self) { try Store(reading: "/nonexistent/results.sqlite") }
        let text = FileManager.default.temporaryDirectory.appending(path: "coverage-tests-\(UUID().uuidString).sqlite")
        try Data(String(repeating: "no database ", count: 200).utf8).write(to: text)
        defer { try? FileManager.default.removeItem(at: text) }
        for open in [{ try Store(reading: $0) }, { try Store(making: $0) }] as [(String) throws -> Store] {
            let error = #expect(throws: CoverageError.self) { _ = try open(text.path()) }
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
        let error = #expect(throws: CoverageError.self) { _ = try Report(Store(), Pieces.all) }
        #expect(error?.description.contains("make coverage") == true)
    }

    @Test func columnsStandUnderTheHeader() {
        let lines = Table.lines([Row(figure: "a long figure", asked: "x", measured: "1", from: "2 runs", verdict: .met)])
        let column = { (line: String, word: String) in line.range(of: word).map { line.distance(from: line.startIndex, to: $0.lowerBound) } }
        #expect(column(lines[0], "verdict") == column(lines[1], "met"))
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }

    @Test func piecesAndWorkloadsAreFoundByName() throws {
        #expect(Pieces.named("enum").map(\.name) == ["enumerated"])
        #expect(Pieces.named("nosuch").isEmpty)
        #expect(Set(Pieces.all.map(\.name)).count == Pieces.all.count)
        #expect(try Workload.named(["zipf", "lockstep"]).map(\.name) == ["zipf", "lockstep"])
        #expect(throws: CoverageError.self) { try Workload.named(["nosuch"]) }
    }
}
