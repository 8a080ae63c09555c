import Testing

@testable import Analysis

@Suite struct OverheadModelTests {
    /// A tracer that adds 1 ms a run, 100 ns a Python call and 40 ns a C call to a program of one second.
    private func comparison(python: Int64, c: Int64, noise: Double = 0) -> CompareFindings {
        let added = 0.001 + 100e-9 * Double(python) + 40e-9 * Double(c) + noise
        func function(_ file: String?, _ calls: Int64) -> FunctionFinding {
            FunctionFinding(name: "f", qualname: "f", file: file, line: 1, calls: calls, self: Estimate(share: 0.5), total: Estimate(share: 0.5))
        }
        let tracer = DesignFinding(
            name: "setprofile", kind: .tracing, clock: .wall,
            slowdown: Ratio(ratio: 1 + added, low: 0.99 + added, high: 1.01 + added), estimand: .expectedRun, interval: "",
            functions: [function("a.py", python), function(nil, c)])
        return CompareFindings(
            program: [], python: "", runs: 10, clock: .wall,
            control: ControlFinding(seconds: Interval(mean: 1), selfTest: Ratio(ratio: 1)), designs: [tracer])
    }

    private var exact: [(workload: String, findings: CompareFindings)] {
        let counts: [(Int64, Int64)] = [(1_000_000, 0), (0, 2_000_000), (500_000, 500_000), (3_000_000, 1_000_000), (0, 0)]
        return counts.enumerated().map { ("w\($0.offset)", comparison(python: $0.element.0, c: $0.element.1)) }
    }

    @Test func plantedCostsAreFound() throws {
        let model = try #require(OverheadModel(of: "setprofile", comparisons: exact))
        #expect(model.costs.map(\.name) == ["run", "Python call", "C call"])
        for (cost, planted) in zip(model.costs, [0.001, 100e-9, 40e-9]) {
            #expect(abs(cost.seconds - planted) < 1e-6 * planted + 1e-12)
        }
        #expect(try #require(model.leaveOneOutError) < 1e-6)
        #expect(model.workloads == ["w0", "w1", "w2", "w3", "w4"] && model.lackOfFitP == nil)
    }

    @Test func aWorkloadThatFollowsAnotherLawShows() throws {
        let odd = exact + [("odd", comparison(python: 100_000, c: 100_000, noise: 0.5))]
        let model = try #require(OverheadModel(of: "setprofile", comparisons: odd))
        #expect(try #require(model.leaveOneOutError) > 0.5)
    }

    @Test func repeatedComparisonsGiveALackOfFit() throws {
        let twice = (exact + [("curved", comparison(python: 9_000_000, c: 0, noise: 0.3))]).flatMap { each in
            [-0.001, 0.001].map { noise in
                var findings = each.findings
                findings.designs[0].slowdown?.ratio += noise
                return (workload: each.workload, findings: findings)
            }
        }
        #expect(try #require(OverheadModel(of: "setprofile", comparisons: twice)?.lackOfFitP) < 0.01)
    }

    @Test func tooFewOrUnknownWorkloadsGiveNoModel() {
        #expect(OverheadModel(of: "setprofile", comparisons: Array(exact.prefix(3))) == nil)
        #expect(OverheadModel(of: "signal", comparisons: exact) == nil)
        #expect(OverheadModel(of: "setprofile", comparisons: []) == nil)
        let same = (0..<6).map { (workload: "w\($0)", findings: comparison(python: 10, c: 10)) }
        #expect(OverheadModel(of: "setprofile", comparisons: same) == nil)
    }
}
