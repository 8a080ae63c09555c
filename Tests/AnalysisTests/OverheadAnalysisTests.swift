import Foundation
import Testing

@testable import Analysis

@Suite struct OverheadAnalysisTests {
    private func finding(_ duet: PlantedDuet, pairs: Int = 300, start: [StartRound] = []) throws -> OverheadFinding {
        var duet = duet
        return try OverheadAnalysis.finding(of: duet.measured(pairs: pairs), kind: .sampling, start: start)
    }

    @Test func aPlantedSlowdownIsInTheInterval() throws {
        var duet = PlantedDuet()
        (duet.slowdown, duet.own) = (1.01, 0.03)
        let found = try finding(duet)
        #expect(found.pairs == 300 && found.blocks.count >= 10 && found.pass.calls == 7)
        #expect(try #require(found.running.low) < 1.01 && #require(found.running.high) > 1.01)
        #expect(try #require(found.running.low) > 1.005)
        #expect(found.threadCPU == found.running)
        #expect(try #require(found.cpu).ratio > 1.035)
        let own = try #require(found.own)
        #expect(abs(own.cpuSecondsPerSecond - 0.03) < 1e-9)
        #expect(abs(found.pass.seconds - 0.005) < 1e-4)
        #expect(found.caveats.isEmpty && found.start == nil)
    }

    /// The pass behind a switch is left out: however long it takes, the ratio is the same.
    @Test func theWashoutPassIsMeasuredAndLeftOut() throws {
        var duet = PlantedDuet()
        duet.slowdown = 1.02
        let plain = try finding(duet)
        duet.washout = 3
        let washed = try finding(duet)
        #expect(washed.running == plain.running)
        #expect(abs(try #require(washed.carryOver.washout.on).ratio - 3) < 0.01)
        #expect(abs(try #require(washed.carryOver.washout.off).ratio - 3) < 0.01)
        #expect(washed.caveats.isEmpty)
    }

    @Test func whatIsLeftOfASwitchBehindTheWashoutIsACaveat() throws {
        var duet = PlantedDuet()
        duet.soon = 1.05
        let found = try finding(duet)
        #expect(found.caveats.map(\.code) == ["carry-over", "carry-over"])
        #expect(abs(try #require(found.carryOver.on).ratio - 1 / 1.05) < 0.005)
        // Planted in both clocks.
        #expect(
            found.carryOver.threadCPU.on == found.carryOver.on && found.carryOver.threadCPU.off == found.carryOver.off)
    }

    @Test func aDesignThatDiffersFromItselfIsACaveat() throws {
        var duet = PlantedDuet()
        duet.drift = 1.02
        let found = try finding(duet)
        #expect(found.caveats.map(\.code) == ["control-drift", "control-drift"])
        #expect(abs(try #require(found.selfTest.off).ratio - 1.02) < 0.005)
        #expect(abs(found.running.ratio - 1) < 0.005)
    }

    /// Of duets without a planted fault at most about one in twenty has a caveat.
    @Test func withoutAFaultThereIsSeldomACaveat() throws {
        let caveats = try (0..<200).filter { seed in
            try !finding(PlantedDuet(seed: UInt64(seed) + 10)).caveats.isEmpty
        }
        #expect(caveats.count < 25)
    }

    @Test func ofFewPairsThereIsNoInterval() throws {
        let few = try finding(PlantedDuet(), pairs: 8)
        #expect(few.running.low == nil && few.running.high == nil && few.own?.low == nil)
        #expect(few.carryOver.on == nil && few.selfTest.on == nil && few.selfTest.off == nil)
        #expect(few.caveats.map(\.code) == ["few-pairs"])
        let some = try finding(PlantedDuet(), pairs: 40)
        #expect(some.running.low != nil && some.caveats.map(\.code).contains("few-pairs"))
        #expect(throws: AnalysisError.self) { try finding(PlantedDuet(), pairs: 0) }
    }

    @Test func startIsTheMeanOfTheDifferences() throws {
        let rounds = [(0.03, 0.01), (0.04, 0.02), (0.035, 0.012)].map { StartRound(profiled: $0.0, plain: $0.1) }
        let start = try #require(try finding(PlantedDuet(), start: rounds).start)
        #expect(abs(start.seconds - 0.021) < 1e-12 && start.rounds == 3)
        #expect(try #require(start.low) < 0.021 && #require(start.high) > 0.021)
    }

    // MARK: The file of passes

    private func decoded(_ change: (inout [String: Any]) -> Void = { _ in }) throws -> DuetPasses {
        var object: [String: Any] = [
            "schema": "swprof.passes/1", "design": "signal", "rate": 1000, "python": "3.11.2", "calls": 3,
            "wantedPairs": 300, "columns": ["arm", "pair", "place", "on", "numerator", "wall", "cpu", "thread"],
            "passes": [[0, 0, 0, 1, 0, 5_000_000, 4, 3], [0, 0, 1, 1, 1, 5_000_000, 4_000_000, 3_000_000]],
        ]
        change(&object)
        return try JSONDecoder().decode(DuetPasses.self, from: JSONSerialization.data(withJSONObject: object))
    }

    @Test func aFileOfPassesIsRead() throws {
        let passes = try decoded()
        #expect(passes.passes.count == 2 && passes.passes[0].isWashout && !passes.passes[1].isWashout)
        #expect(
            passes.passes[1]
                == MeasuredPass(
                    .duet, pair: 0, place: 1, isOn: true, isNumerator: true, wall: 0.005, cpu: 0.004, threadCPU: 0.003))
        #expect(passes.pairs(of: .duet).count == 0, "one pass is no pair")
    }

    @Test func whatIsNoFileOfPassesIsRefused() {
        #expect(throws: (any Error).self) { try decoded { $0["schema"] = "swprof.passes/2" } }
        #expect(throws: (any Error).self) { try decoded { $0["columns"] = ["wall"] } }
        #expect(throws: (any Error).self) { try decoded { $0["passes"] = [[1, 2]] } }
        #expect(throws: (any Error).self) { try decoded { $0["passes"] = [[3, 0, 0, 1, 0, 5, 4, 3]] } }
        #expect(throws: (any Error).self) { try decoded { $0["passes"] = [[0, 0, 0, 1, 0, -5, 4, 3]] } }
        #expect(throws: (any Error).self) { try decoded { $0["passes"] = [[0, Int64.max, 1, 1, 0, 5, 4, 3]] } }
        #expect(throws: (any Error).self) { try decoded { $0["rate"] = nil } }
    }
}
