import ProfileModel
import Testing

@testable import Analysis

@Suite("Programs with known answers")
struct KnownAnswersTests {
    /// Two programs of 10,000 ns; one makes 1,000 calls, which cost 10 ns inside and 5 outside.
    private func round(stretch: Double = 1) -> CalibrationRound {
        let control = "1 check_calls_0 1000 1000 10000 5000\n1 check_none_0 1000 1000 10000 5000"
        // On a processor that was half as fast meanwhile.
        let traced = "1 check_calls_0 1000 1000 50000 10000\n1 check_none_0 1000 1000 20000 10000"
        var run = PlantedRun(.tracing)
        run.node(
            run.stack("pass_1", "run", "loop_check_calls_0"), calls: 1,
            nanoseconds: Int64(2 * (6_000 * stretch + 5_000)))
        run.node(
            run.stack("pass_1", "run", "loop_check_calls_0", "leaf"), calls: 1_000,
            nanoseconds: Int64(2 * (4_000 * stretch + 10_000)))
        run.node(run.stack("pass_1", "run", "loop_check_none_0"), calls: 0, nanoseconds: Int64(2 * 10_000 * stretch))
        run.node(run.stack("pass_0", "run", "loop_check_none_0"), calls: 0, nanoseconds: 9_999_999)
        return CalibrationRound(control: control, traced: traced, profile: run.profile)
    }

    private func checks(inside: Double, outside: Double, stretch: Double? = nil) throws -> CompensationChecks {
        let parameters = [ProbeCosts.Parameter.pythonInside, .pythonOutside] + (stretch == nil ? [] : [.stretch])
        let costs = ProbeCosts(
            parameters: parameters, values: [inside, outside] + [stretch].compactMap { $0 },
            covariance: parameters.map { _ in parameters.map { _ in 0 } }, degreesOfFreedom: 9, processes: 5)
        let rounds = (0..<3).map { _ in round(stretch: stretch ?? 1) }
        return try #require(KnownAnswers(rounds, costs)?.checks)
    }

    private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 }

    /// At the pace of the traced process a call costs 20 and 10.
    @Test func costsThatAreRightExplainAll() throws {
        let checks = try checks(inside: 20, outside: 10)
        #expect(checks.programs == 2 && checks.improved)
        // 25,000 of 35,000, where half is true.
        #expect(isNear(checks.measured, 25.0 / 35 - 0.5))
        // The call of the loop itself costs something, too.
        #expect(checks.compensated < 1e-3 && checks.unexplained < 1e-3)
    }

    @Test func aStretchThatAllShareMovesNoShare() throws {
        let checks = try checks(inside: 20, outside: 10, stretch: 2)
        #expect(checks.improved && checks.compensated < 1e-3)
    }

    /// Nearly twice what they are: worse than no compensation.
    @Test func costsThatAreWrongDoNotImprove() throws {
        let checks = try checks(inside: 35, outside: 17)
        #expect(!checks.improved && checks.compensated > checks.measured)
        #expect(checks.unexplained > 0.2)
    }

    /// Costs of more than all that was measured leave no time to tell shares of.
    @Test func costsOfMoreThanAllTimeDoNotImprove() throws {
        let checks = try checks(inside: 300, outside: 150)
        #expect(!checks.improved && checks.compensated == 1)
    }

    @Test func withoutProgramsNothingIsSaid() {
        let costs = ProbeCosts(
            parameters: [.pythonInside], values: [1], covariance: [[0]], degreesOfFreedom: 9, processes: 5)
        #expect(KnownAnswers([], costs) == nil)
        let blind = CalibrationRound(control: "", traced: "", profile: PlantedRun(.tracing).profile)
        #expect(KnownAnswers([blind], costs) == nil)
    }
}
