import Measuring
import Running
import Testing

@testable import swprof_coverage

/// Blocks whose first function gets so many ticks too much, and whose last so many too few, give or take a tenth.
private func starter(first: Double, last: Double) -> ScriptedStarter {
    ScriptedStarter(control: { workload, _ in
        let lines = (0..<(Int(workload.arguments[0]) ?? 0)).map { number in
            let noise = number % 2 == 0 ? 0.1 : -0.1
            let seconds = (0.05 + (first + noise) / 1000, 0.06 - (last + noise) / 1000)
            return
                #"{"seconds": 0.2, "rate": 1000, "firstTruth": 0.05, "firstSeconds": \#(seconds.0), "lastTruth": 0.06, "lastSeconds": \#(seconds.1)}"#
        }
        return PlainRun(seconds: 1, output: lines.joined(separator: "\n") + "\n")
    })
}

@Suite struct BlocksTests {
    private func rows(first: Double, last: Double) async throws -> [Row] {
        let experiment = try experiment(starter(first: first, last: last))
        try await Blocks().measure(in: experiment)
        return try Blocks().rows(from: experiment.store)
    }

    @Test func blocksAreMadeInBatchesUpToTheNumberAskedFor() async throws {
        let starter = starter(first: 0, last: 0)
        let experiment = try experiment(starter)
        try await Blocks().measure(in: experiment)
        #expect(starter.starts.count == 4)
        #expect(starter.neighbours == [0, 4])
        try await Blocks().measure(in: experiment)
        #expect(starter.starts.count == 4)
        #expect(try Blocks().rows(from: experiment.store).map(\.from) == Array(repeating: "30 blocks", count: 4))
    }

    @Test func aBlockThatLosesItsEndIsMissed() async throws {
        let rows = try await rows(first: 0, last: 0.6)
        #expect(rows.map(\.verdict) == [.met, .missed, .met, .missed])
        #expect(rows[1].measured.hasPrefix("-0.600"))
    }

    /// 0.04 give or take 0.037: more than 0.05 cannot be ruled out.
    @Test func anIntervalThatReachesOverTheEdgeDecidesNothing() async throws {
        #expect(try await rows(first: 0.04, last: 0).map(\.verdict) == [.undecided, .met, .undecided, .met])
    }

    @Test func linesThatAreMissingAreSaid() async throws {
        let silent = ScriptedStarter(control: { _, _ in PlainRun(seconds: 1, output: "") })
        let experiment = try experiment(silent)
        await #expect(throws: RunningError.self) { try await Blocks().measure(in: experiment) }
    }
}
