import Analysis
import ProfileModel
import Testing

struct RunGapWeightingTests {
    /// Every tick that sees `hold` comes after a gap of `gap` intervals.
    private func run(gap: Int) -> PlantedRun {
        var run = PlantedRun()
        let (hold, rest) = (run.stack("main", "hold"), run.stack("main", "rest"))
        var number = 0
        for k in 0..<1000 {
            let isHold = k % 5 == 0
            number += isHold ? gap : 1
            run.tick(number, isHold ? hold : rest, instant: Int64(number) * 1_000_000 + Int64(k * 7919 % 997) * 1000)
        }
        return run
    }

    @Test func ticksThatAreLateWhereAFunctionRunsAreToldOf() throws {
        let caveats = try run(gap: 4).findings().caveats.filter { $0.code == "gap-weighting" }
        #expect(caveats.contains {
            $0.text.hasPrefix("Ticks come late or not at all where module.hold runs: its share is 20.0 % by count, 50.")
        })
    }

    @Test func evenGapsAreNot() throws {
        #expect(try !run(gap: 1).findings().caveatCodes.contains("gap-weighting"))
    }
}
