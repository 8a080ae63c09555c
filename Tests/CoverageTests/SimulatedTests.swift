import Capture
import Measuring
import Testing

@testable import swprof_coverage

@Suite struct SimulatedTests {
    @Test(arguments: SimulatedCell.Kind.allCases, SimulatedCell.Shape.allCases)
    func intervalsCoverAboutAsOftenAsTheySay(kind: SimulatedCell.Kind, shape: SimulatedCell.Shape) {
        var random = RandomSource(seed: 5)
        let cell = SimulatedCell(kind: kind, shape: shape, variation: 0.1, rounds: 10)
        let outcome = cell.simulate(1000, using: &random)
        #expect(Rule.within(0.93...0.97).verdict(on: outcome.trials) != .missed)
        #expect(outcome.meanWidth > 0)
    }

    @Test func moreRoundsNarrow() {
        var random = RandomSource(seed: 5)
        let widths = [5, 10, 30].map {
            SimulatedCell(kind: .slowdown, shape: .normal, variation: 0.2, rounds: $0).simulate(200, using: &random)
                .meanWidth
        }
        #expect(widths == widths.sorted(by: >))
    }

    @Test func withoutAnIntervalNothingIsCovered() {
        var random = RandomSource(seed: 5)
        let outcome = SimulatedCell(kind: .slowdown, shape: .normal, variation: 0.2, rounds: 2).simulate(
            10, using: &random)
        #expect(outcome.trials == Trials(successes: 0, count: 10))
        #expect(outcome.meanWidth == 0)
    }
}
