import Testing

@testable import Analysis

@Suite struct OverheadModelTests {
    /// What a tracer adds that takes 1 ms a run, 100 ns a Python call and 40 ns a C call, in five rounds.
    private func measured(_ workload: String, python: Double, c: Double, noise: Double = 0, scatter: Double = 0.001)
        -> OverheadModel.Measured
    {
        let added = 0.001 + 100e-9 * python + 40e-9 * c + noise
        return OverheadModel.Measured(
            workload: workload, added: [-2, -1, 0, 1, 2].map { added + $0 * scatter }, seconds: 1, pythonCalls: python,
            cCalls: c)
    }

    private var exact: [OverheadModel.Measured] {
        let counts = [(1e6, 0.0), (0, 2e6), (5e5, 5e5), (3e6, 1e6), (0, 0)]
        return counts.enumerated().map { measured("w\($0.offset)", python: $0.element.0, c: $0.element.1) }
    }

    @Test func plantedCostsAreFound() throws {
        let model = try #require(OverheadModel(of: "setprofile", measured: exact))
        #expect(model.costs.map(\.name) == ["run", "Python call", "C call"])
        for (cost, planted) in zip(model.costs, [0.001, 100e-9, 40e-9]) {
            #expect(abs(cost.seconds - planted) < 1e-6 * planted + 1e-12)
        }
        #expect(try #require(model.leaveOneOutError) < 1e-6)
        #expect(model.workloads == ["w0", "w1", "w2", "w3", "w4"])
        #expect(try #require(model.lackOfFitP) > 0.99)
    }

    @Test func aWorkloadThatFollowsAnotherLawShows() throws {
        let odd = exact + [measured("odd", python: 100_000, c: 100_000, noise: 0.5)]
        let model = try #require(OverheadModel(of: "setprofile", measured: odd))
        #expect(try #require(model.leaveOneOutError) > 0.5)
        #expect(try #require(model.lackOfFitP) < 0.01)
    }

    @Test func theIntervalsKnowNotMoreForMoreRounds() throws {
        func width(_ rounds: Int) throws -> Double {
            let odd = (exact + [measured("odd", python: 1e6, c: 1e6, noise: 0.05)]).map { each in
                var each = each
                each.added = (0..<rounds).map { each.added[$0 % 5] }
                return each
            }
            let cost = try #require(OverheadModel(of: "setprofile", measured: odd)).costs[1]
            return cost.high - cost.low
        }
        #expect(try width(50) > 0.9 * width(5))
    }

    @Test func tooFewOrUnknownWorkloadsGiveNoModel() {
        #expect(OverheadModel(of: "setprofile", measured: Array(exact.prefix(3))) == nil)
        #expect(OverheadModel(of: "setprofile", measured: []) == nil)
        #expect(OverheadModel(of: "setprofile", measured: (0..<6).map { measured("w\($0)", python: 10, c: 10) }) == nil)
    }
}
