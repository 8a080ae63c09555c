import Foundation
import Measuring
import Running
import Testing

@testable import swprof_coverage

/// What a program says that is started now.
@Sendable private func said(_ code: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", code]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
}

@Suite(.serialized) struct SurroundingsTests {
    private let processors = "import os; print(len(os.sched_getaffinity(0)))"

    @Test func oneProcessorIsHandedDownAndThenAllAgain() async throws {
        let before = try said(processors)
        let within = try await ChangedSurroundings.within(Surroundings(processors: 1)) { try said(processors) }
        #expect(within == "1")
        #expect(try said(processors) == before)
    }

    @Test func theUsualConditionChangesNothing() async throws {
        let state =
            "import os, resource; print(os.getuid(), os.sched_getaffinity(0), resource.getrlimit(resource.RLIMIT_RTPRIO))"
        #expect(try await ChangedSurroundings.within(Surroundings()) { try said(state) } == said(state))
    }

    @Test func neighboursEndWhenNobodyHoldsThem() throws {
        var neighbours: Neighbours? = try Neighbours(2, python: "/usr/bin/python3")
        let identifiers = try #require(neighbours?.identifiers)
        #expect(identifiers.count == 2 && identifiers.allSatisfy { kill($0, 0) == 0 })
        neighbours = nil
        #expect(identifiers.allSatisfy { kill($0, 0) != 0 })
    }

    @Test func anInterpreterThatIsNotThereIsOneLine() {
        let error = #expect(throws: RunningError.self) { try Neighbours(1, python: "/nonexistent/python") }
        #expect(error?.description.contains("\n") == false)
    }

    @Test func conditionsHaveNamesOfTheirOwn() {
        #expect(Arm.run().condition == "wall root quiet")
        #expect(
            Arm.run(clock: .cpu, in: Surroundings(user: .unprivileged, load: 4)).condition == "cpu unprivileged load 4")
        #expect(Set(PlannedRuns.all.map { "\($0.arm.condition) \($0.arm.name)" }).count == PlannedRuns.all.count)
        #expect(
            PlannedRuns.all.prefix(4).map(\.arm.condition) == [
                "wall root quiet", "wall root load 4", "cpu root quiet", "cpu root load 4",
            ])
    }
}
