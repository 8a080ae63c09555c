import Capture
import Measuring
import Testing

@testable import swprof_coverage

@Suite struct ComparedTests {
    @Test func everyMixtureFillsItsTimeWithItsFunctions() {
        var random = RandomSource(seed: 3)
        for mixture in PhaseMixture.all {
            let timeline = mixture.timeline(100, using: &random)
            #expect((timeline.last?.end ?? 0) >= 100 && timeline.map(\.end) == timeline.map(\.end).sorted())
            #expect(timeline.allSatisfy { (0..<mixture.functions).contains($0.function) })
        }
        #expect(Set(PhaseMixture.all.map(\.name)).count == PhaseMixture.all.count)
    }

    @Test func twoRunsOfOneTimelineSeldomDiffer() throws {
        var random = RandomSource(seed: 3)
        let mixture = try #require(PhaseMixture.all.first { $0.name.hasPrefix("fast in one of 4") })
        let tally = try ComparedRuns.tally(mixture, 300, trials: 300, using: &random)
        #expect(ComparedRuns.asked.verdict(on: Trials(successes: tally.byG ?? 0, count: tally.trials)) != .missed)
    }

    @Test(arguments: ComparedPrograms.cells.indices) func programsThatDoNotDifferSeldomDo(cell: Int) {
        var random = RandomSource(seed: 3)
        let tally = ComparedPrograms.cells[cell].tally(trials: 200, using: &random)
        #expect(
            ComparedPrograms.asked.verdict(on: Trials(successes: tally.byTotalVariation, count: tally.trials))
                != .missed)
    }

    @Test func whatIsStoredIsARow() throws {
        let store = try Store(inMemory: .coverage)
        try store.insert(
            ComparedTally(piece: ComparedRuns.piece, cell: "x", n: 300, trials: 1000, byTotalVariation: 50, byG: 130))
        let row = try #require(try ComparedRuns().rows(from: store).first)
        #expect(row.asked == "4 to 6.5 %" && row.verdict == .missed && row.measured.hasPrefix("by G 13.0 %"))
        #expect(try ComparedPrograms().rows(from: store).isEmpty)
    }
}
