import ProfileModel
import Testing

@testable import Analysis

@Suite struct ExperimentAnalysisTests {
    /// Ten rounds of a program whose control takes about a second; the tracer adds by its calls, the sampler 1 %.
    private func block(_ name: String, python: Double, c: Double, noise: Double = 0.001) -> MeasuredBlock {
        var block = MeasuredBlock(id: name, workload: name, arguments: ["10"], python: "3.11.2")
        let added = 0.001 + 100e-9 * python + 40e-9 * c
        func runs(_ added: Double, shift: Int, counts: Bool = false) -> [MeasuredRun] {
            (1...10).map { round in
                let seconds = 1 + added + noise * Double((round * 7 + shift) % 5 - 2)
                return MeasuredRun(
                    round: round, wall: seconds, cpu: seconds, pythonCalls: counts ? python : 0, cCalls: counts ? c : 0)
            }
        }
        var cells = [
            MeasuredCell(id: "c", arm: "control", role: .control),
            MeasuredCell(id: "d", arm: "second control", role: .selfTestControl),
            MeasuredCell(id: "s", arm: "setprofile", role: .profiled, kind: .tracing),
            MeasuredCell(id: "g", arm: "signal", role: .profiled, kind: .sampling),
        ]
        for (index, added) in [0, 0, added, 0.01].enumerated() {
            cells[index].runs = runs(added, shift: index, counts: index == 2)
        }
        block.cells = cells
        return block
    }

    private var blocks: [MeasuredBlock] {
        let counts = [(1e6, 0.0), (0, 2e6), (5e5, 5e5), (3e6, 1e6), (10, 10), (2e6, 3e6)]
        return counts.enumerated().map { block("w\($0.offset)", python: $0.element.0, c: $0.element.1) }
    }

    @Test func slowdownsAreOfTheRoundsThatHaveBoth() throws {
        var one = block("w", python: 1e6, c: 0)
        one.cells[2].runs.removeFirst(4)
        one.cells[0].runs.removeLast()
        let arm = try #require(BlockFinding(one).arms.first)
        let ratio = try #require(arm.slowdown)
        #expect(abs(ratio.ratio - 1.101) < 0.002 && ratio.low != nil && arm.runs == 6)
        #expect(abs(try #require(arm.added).mean - 0.101) < 0.002)
    }

    @Test func controlsAreHeldAgainstThemselves() throws {
        let test = try #require(BlockFinding(block("w", python: 0, c: 0)).control?.selfTest)
        #expect(try #require(test.low) <= 1 && 1 <= (try #require(test.high)))
        var drifting = block("w", python: 0, c: 0)
        for index in drifting.cells[1].runs.indices { drifting.cells[1].runs[index].wall *= 1.2 }
        #expect(BlockFinding(drifting).caveats.map(\.code) == ["control-drift"])
    }

    @Test func plantedCostsAreFound() throws {
        let model = try #require(ExperimentAnalysis.findings(title: "", blocks).model.first)
        #expect(model.design == "setprofile" && model.workloads.count == 6)
        for (cost, planted) in zip(model.costs, [0.001, 100e-9, 40e-9]) {
            #expect(abs(cost.seconds - planted) < 0.02 * planted + 5e-4 * planted.squareRoot() * 1e-2)
        }
        #expect(try #require(model.leaveOneOutError) < 0.05)
        #expect(try #require(model.lackOfFitP) > 0.001)
    }

    @Test func aSamplerIsNotToldByCalls() {
        #expect(ExperimentAnalysis.findings(title: "", blocks).model.map(\.design) == ["setprofile"])
    }

    @Test func overAllProgramsTheMeanIsGeometric() throws {
        let overall = ExperimentAnalysis.findings(title: "", blocks).designs
        #expect(overall.map(\.name) == ["setprofile", "signal"] && overall.map(\.workloads) == [6, 6])
        #expect(abs(try #require(overall[1].slowdown).ratio - 1.01) < 0.002)
        #expect(overall[0].mostOf == "w3 10")
    }

    @Test func farOutRunsAreToldAndKept() throws {
        var one = block("w", python: 0, c: 0)
        one.cells[3].runs[4].wall = 5
        let arm = BlockFinding(one).arms[1]
        #expect(arm.outliers == 1 && arm.runs == 10)
        #expect(try #require(arm.slowdown).ratio > 1.3)
    }

    @Test func failuresAreCountedByReason() {
        var one = block("w", python: 0, c: 0)
        one.cells[2].failures = ["status 1": 1, "hung": 3]
        #expect(
            BlockFinding(one).arms[0].failures == [
                FailureFinding(why: "hung", runs: 3), FailureFinding(why: "status 1", runs: 1),
            ])
    }

    @Test func theHottestIsToldOfEveryRun() throws {
        var one = block("w", python: 0, c: 0)
        one.cells[3].shares = (1...10).flatMap { round in
            [("f", round == 1 ? 0.2 : 0.5), ("g", 0.4)].map { name, share in
                MeasuredShare(basis: .function, name: name, file: "a.py", line: 1, share: share, round: round)
            }
        }
        let arm = BlockFinding(one).arms[1]
        #expect(arm.hottest.map(\.name) == ["f", "g"] && arm.hottest.map(\.runs) == [9, 1])
        #expect(abs(try #require(arm.shares.first).share.mean - 0.47) < 1e-9)
    }
}
