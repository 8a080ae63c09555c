import ProfileModel
import Testing

@testable import Analysis

@Suite struct OpcodeFindingsTests {
    /// 600 ticks on CALL, 300 on LOAD_FAST, 100 on no one knows what; all in one function under main.
    private func landed(_ schedule: Schedule = .poisson) -> PlantedRun {
        var run = PlantedRun(schedule: schedule)
        let (under, other) = (run.stack("main", "f"), run.stack("other"))
        run.ticks((0..<1000).map { $0 % 10 < 8 ? under : other })
        for at in run.profile.samples.indices {
            run.profile.samples[at].note = SampleNote(
                opcode: at % 10 < 6 ? "CALL" : at % 10 < 9 ? "LOAD_FAST" : nil)
        }
        run.ledger(due: 1000)
        return run
    }

    @Test func sharesHaveTheIntervalsOfTheRun() throws {
        let findings = try landed().findings()
        #expect(findings.opcodes.map(\.opcode) == ["CALL", "LOAD_FAST"])
        let call = findings.opcodes[0].`self`
        #expect(
            isClose(call.share, 0.6) && call.low! < 0.6 && call.high! > 0.6 && abs((call.seconds ?? 0) - 0.6) < 1e-9)
    }

    @Test func withinAFunctionOnlyItsSamplesCount() throws {
        let opcodes = try landed().findings(within: "main").opcodes
        #expect(isClose(opcodes.first?.`self`.share, 600.0 / 800))
    }

    @Test func instantsThatAreNotOursHaveNoInterval() throws {
        var run = landed()
        run.profile.instantsAreOwn = false
        let opcodes = try run.findings().opcodes
        #expect(opcodes.allSatisfy { $0.`self`.low == nil && $0.`self`.worstHigh != nil })
    }

    @Test func whereNoInstructionsAreToldThereAreNone() throws {
        var run = PlantedRun()
        run.ticks([run.stack("main")])
        #expect(try run.findings().opcodes.isEmpty)
        #expect(PlantedRounds.findings(3).designs.allSatisfy { $0.opcodes.isEmpty })
    }

    @Test func designsTellThemOverRounds() throws {
        let rounds = (0..<4).map { _ in
            Round(
                control: nil, selfTestControl: nil, runs: ["signal": ProfiledRun(seconds: 1, profile: landed().profile)]
            )
        }
        let design = try #require(
            Comparison.findings(rounds: rounds, designs: ["signal"], program: [], audit: [:]).designs.first)
        #expect(design.opcodes.map(\.opcode) == ["CALL", "LOAD_FAST"])
        #expect(abs((design.opcodes[0].`self`.share ?? 0) - 0.6) < 1e-9)
    }
}
