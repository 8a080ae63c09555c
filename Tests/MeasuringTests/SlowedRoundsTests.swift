import struct Analysis.CausalTarget
import ProfileModel
import Testing

@testable import Measuring
@testable import Running

@Suite struct SlowedRoundsTests {
    private func arms(_ designs: [Design], _ work: [[Int]]) throws -> [String] {
        let runner = ProgramRunner(
            Program(.code("pass")), interpreter: try Interpreter("/bin/sh"), extension: "/nonexistent/lib_swprof.so")
        let targets = work.enumerated().map {
            CausalTarget(Function(name: "f\($0)", qualname: "f", file: "p.py", line: $0 + 1), calls: 1, work: $1)
        }
        return try SlowedRounds(runner, designs: designs, settings: ProfilingSettings(seed: 1), targets: targets).arms
            .map { arm in
                arm.name + (arm.slowing.map { " \($0.target).\($0.level)" } ?? "")
            }
    }

    @Test func everyFunctionIsSlowedAtEveryLevelUnderEveryDesignAndNone() throws {
        let plain = ["control", "second control", "signal", "setprofile"]
        let slowed = ["0.0", "0.1", "0.2", "1.0", "1.1", "1.2"].flatMap { place in
            ["control", "signal", "setprofile"].map { "\($0) \(place)" }
        }
        #expect(try arms([.signal, .setprofile], [[1, 2, 4], [3, 6, 12]]) == plain + slowed)
    }

    @Test func withNothingToSlowItIsAnOrdinaryRound() throws {
        #expect(try arms([.signal], []) == ["control", "second control", "signal"])
    }

    /// A comparison takes the runs of the program as it is; that it ended otherwise when slowed is the program's behaviour, too.
    @Test func ofSlowedRunsNoProfileIsKept() {
        let place = SlowedPlace(target: 0, level: 1)
        let profile = Profile(design: "signal", kind: .sampling)
        func run(_ arm: Arm, seconds: Double, status: Int = 0, _ profile: Profile? = nil) -> Round<SlowedRun>.Run {
            let outcome = ProfiledOutcome(process: ProcessOutcome(status: status, seconds: seconds), profile: profile)
            let own = arm.role == .profiled ? nil : ProgramSeconds(wall: seconds, cpu: seconds)
            return .init(arm, Conditions(hashSeed: 0, padding: 0, seed: 0), SlowedRun(outcome: outcome, seconds: own))
        }
        let round = Round<SlowedRun>([
            run(.control, seconds: 1), run(.selfTestControl, seconds: 2),
            run(Arm.control.slowing(place), seconds: 3, status: 5),
            run(.tool("signal"), seconds: 4, profile), run(Arm.tool("signal").slowing(place), seconds: 5, profile),
        ])
        let numbers = round.compared.numbers
        #expect(
            numbers.control == 1 && numbers.selfTestControl == 2 && numbers.runs.mapValues(\.seconds) == ["signal": 4])
        #expect(round.compared.statuses == [0, 5])
        #expect(round.seconds(nil).map(\.wall) == [1, 2] && round.seconds(place).map(\.wall) == [3])
        #expect(round.profiles(place).count == 1)
    }
}
