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
        #expect(
            caveats.contains {
                $0.text.hasPrefix(
                    "Ticks come late or not at all where module.hold runs: its share is 20.0 %, and would be 31.")
            })
    }

    /// A function runs in the first half of every interval: where its ticks come says nothing of how late they are.
    @Test func aProgramInStepWithTheTicksRaisesNoAlarm() throws {
        var random = SystemRandomNumberGenerator()
        let alarms = try (0..<40).count { _ in
            var run = PlantedRun()
            let (early, late) = (run.stack("early"), run.stack("late"))
            for number in 0..<500 {
                let phase = Int64.random(in: 0..<1_000_000, using: &random)
                run.tick(number, phase < 500_000 ? early : late, instant: Int64(number) * 1_000_000 + phase)
            }
            return try run.findings().caveatCodes.contains("gap-weighting")
        }
        #expect(alarms <= 4)
    }

    @Test func evenGapsAreNot() throws {
        #expect(try !run(gap: 1).findings().caveatCodes.contains("gap-weighting"))
    }
}
