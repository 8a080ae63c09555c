import Testing

@testable import swprof_bench

private let arms = ["control", "a", "b"].map { Arm(name: $0, command: Command(executable: "x", arguments: [$0])) }

private func rounds(_ rule: StoppingRule, _ starter: ScriptedStarter, settledAfter: Int = .max) async throws -> [Round] {
    var generator = SeededGenerator(state: 7)
    return try await runRounds(
        arms, until: rule, with: starter, using: &generator, progress: { _ in },
        isSettled: { $0.count >= settledAfter })
}

@Suite struct RoundsTests {
    @Test func everyRoundRunsEveryArmOnce() async throws {
        let starter = ScriptedStarter { _, _ in .took() }
        for round in try await rounds(.exactly(30), starter) {
            #expect(round.order.sorted() == ["a", "b", "control"])
            #expect(round.measurements.count == 3)
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
                #expect(command.environment == round.conditions.environment)
            }
        }
        #expect(Set(rounds.map(\.conditions.hashSeed)).count == 5)
    }

    @Test func stopsAsSoonAsTheFiguresAreNarrow() async throws {
        let rounds = try await rounds(StoppingRule(), ScriptedStarter { _, _ in .took() }, settledAfter: 33)
        #expect(rounds.count == 33)
    }

    @Test func anArmThatFailsEndsTheFigureWithItsReason() async {
        let starter = ScriptedStarter { command, _ in .took(status: command.arguments == ["b"] ? 3 : 0) }
        await #expect(throws: BenchError.self) { try await rounds(.exactly(1), starter) }
        do {
            _ = try await rounds(.exactly(1), starter)
        } catch {
            #expect("\(error)" == "x b ended with status 3: last")
        }
    }

    @Test func aRatioOfAddedTimesIsAboveItsFloor() throws {
        let rounds = (1...20).map { number -> Round in
            let noise = Double(number % 3) / 100
            let cpu = ["nothing": 1 + noise, "setprofile": 1.5 + noise, "cProfile": 3 + 2 * noise]
            return Round(
                conditions: .init(hashSeed: 0, padding: 0), order: [],
                measurements: cpu.mapValues { Measurement(wall: 9, cpu: $0) })
        }
        let estimate = try #require(ratioOfAdded("setprofile", "cProfile", above: "nothing", in: rounds))
        #expect(abs(estimate.value - 0.5 / 2.01) < 0.001)
    }
}
