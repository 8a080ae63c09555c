import Capture
import Measuring
import Running
import Testing

@testable import swprof_bench

private let starts = [Arm.control, .tool("a"), .tool("b")].map {
    Start($0, Command(executable: "x", arguments: [$0.tool]))
}

extension BenchRound {
    fileprivate var order: [String] { runs.map(\.arm.tool) }
}

private func rounds(_ rule: StoppingRule, _ starter: ScriptedStarter, settledAfter: Int = .max) async throws
    -> [BenchRound]
{
    var generator = RandomSource(seed: 7)
    return try await runRounds(
        starts, until: rule, with: starter, using: &generator, progress: { _ in },
        isSettled: { $0.count >= settledAfter })
}

@Suite struct RoundsTests {
    @Test func everyRoundRunsEveryArmOnce() async throws {
        let starter = ScriptedStarter { _, _ in .took() }
        for round in try await rounds(.exactly(30), starter) {
            #expect(round.order.sorted() == ["a", "b", "control"])
        }
        #expect(starter.commands.count == 90)
    }

    @Test func everyArmComesInEveryPlace() async throws {
        let rounds = try await rounds(.exactly(60), ScriptedStarter { _, _ in .took() })
        for place in 0..<3 {
            #expect(Set(rounds.map { $0.order[place] }) == ["control", "a", "b"])
        }
    }

    @Test func theArmsOfARoundShareItsConditions() async throws {
        let starter = ScriptedStarter { _, _ in .took() }
        let rounds = try await rounds(.exactly(5), starter)
        for (index, round) in rounds.enumerated() {
            for command in starter.commands[(3 * index)..<(3 * index + 3)] {
                #expect(command.environment == round.runs[0].conditions.environment)
            }
        }
        #expect(Set(rounds.map(\.runs[0].conditions.hashSeed)).count == 5)
    }

    @Test func stopsAsSoonAsTheFiguresAreNarrow() async throws {
        let rounds = try await rounds(StoppingRule(), ScriptedStarter { _, _ in .took() }, settledAfter: 33)
        #expect(rounds.count == 33)
    }

    @Test func anArmThatFailsEndsTheFigureWithItsReason() async {
        let starter = ScriptedStarter { command, _ in .took(status: command.arguments == ["b"] ? 3 : 0) }
        await #expect(throws: RunningError.self) { try await rounds(.exactly(1), starter) }
        do {
            _ = try await rounds(.exactly(1), starter)
        } catch {
            #expect("\(error)" == "x b ended with status 3: last")
        }
    }

    @Test func aRatioOfAddedTimesIsAboveItsFloor() throws {
        let rounds = (1...20).map { number -> BenchRound in
            let noise = Double(number % 3) / 100
            let cpu = ["nothing": 1 + noise, "setprofile": 1.5 + noise, "cProfile": 3 + 2 * noise]
            let conditions = Conditions(hashSeed: 0, padding: 0, seed: 0)
            return BenchRound(cpu.map { .init(.tool($0.key), conditions, Measurement(wall: 9, cpu: $0.value)) })
        }
        let estimate = try #require(
            ratioOfAdded(.tool("setprofile"), .tool("cProfile"), above: .tool("nothing"), in: rounds))
        #expect(abs(estimate.value - 0.5 / 2.01) < 0.001)
    }
}
