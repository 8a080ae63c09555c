import Capture
import ProfileModel
import Testing

@testable import Measuring
@testable import Running

@Suite struct RoundTests {
    private let arms: [Arm] = [
        .control, .selfTestControl, .tool("signal"), .peer(.pySpy, rate: 500), .tool("nothing", program: "many"),
    ]

    private func round(_ random: inout RandomSource, areShared: Bool = false) async throws -> Round<String> {
        try await Round.run(arms, areConditionsShared: areShared, using: &random) { arm, _ async throws -> String in
            arm.name
        }
    }

    @Test func everyArmRunsOnceInAnOrderOfItsOwn() async throws {
        var random = RandomSource(seed: 7)
        var orders: Set<[String]> = []
        for _ in 0..<20 {
            let round = try await round(&random)
            #expect(Set(round.runs.map(\.arm)) == Set(arms) && round.runs.count == arms.count)
            #expect(round[.peer(.pySpy, rate: 500)] == "py-spy 500 Hz")
            #expect(round[.tool("gil")] == nil)
            orders.insert(round.runs.map(\.outcome))
        }
        #expect(orders.count > 10)
    }

    @Test func aSeedGivesTheSameRoundAgain() async throws {
        var (a, b) = (RandomSource(seed: 4), RandomSource(seed: 4))
        let (first, second) = (try await round(&a), try await round(&b))
        #expect(
            first.runs.map(\.arm) == second.runs.map(\.arm)
                && first.runs.map(\.conditions) == second.runs.map(\.conditions))
    }

    @Test func everyRunHasConditionsOfItsOwnUnlessTheyAreShared() async throws {
        var random = RandomSource(seed: 1)
        #expect(Set(try await round(&random).runs.map(\.conditions.seed)).count == arms.count)
        #expect(Set(try await round(&random, areShared: true).runs.map(\.conditions.seed)).count == 1)
    }

    @Test func conditionsStayWithinWhatPythonTakes() {
        var random = RandomSource(seed: 3)
        let drawn = (0..<200).map { _ in Conditions.random(using: &random) }
        #expect(Set(drawn.map(\.hashSeed)).count == 200 && drawn.allSatisfy { (0..<4096).contains($0.padding) })
        #expect(drawn[0].environment["PYTHONHASHSEED"] == String(drawn[0].hashSeed))
        #expect(drawn[0].environment["SWPROF_PADDING"]?.count == drawn[0].padding)
    }
}

@Suite struct ArmTests {
    private func settings(
        _ design: Design, rate: Double = 1000, _ schedule: Schedule = .jittered, _ clock: Clock = .wall
    ) -> ProfilingSettings {
        var settings = ProfilingSettings(seed: 0)
        (settings.design, settings.rate, settings.schedule, settings.clock) = (design, rate, schedule, clock)
        settings.functions = ["f", "g"]
        return settings
    }

    @Test func aNameSaysWhatIsNotTheDefault() {
        #expect(Arm.control.name == "control" && Arm.selfTestControl.name == "second control")
        #expect(Arm.design(settings(.signal)).name == "signal")
        #expect(Arm.design(settings(.signal, rate: 100, .poisson, .cpu)).name == "signal 100 Hz poisson cpu")
        #expect(Arm.design(settings(.lines)).name == "lines of f,g")
        #expect(Arm.peer(.pySpy, rate: 1000).name == "py-spy" && Arm.peer(.pySpy, rate: 2.5).name == "py-spy 2.5 Hz")
    }

    /// What a tracer has no use for tells no two of its arms apart.
    @Test func anArmHasTheSettingsThatMatterToItsKind() {
        #expect(Arm.design(settings(.setprofile, rate: 5, .poisson)) == Arm.design(settings(.setprofile)))
        #expect(Arm.design(settings(.signal, rate: 5)) != Arm.design(settings(.signal)))
        #expect(Arm.peer(.cProfile, rate: 5) == Arm.peer(.cProfile))
        #expect(
            Arm.tool("signal").design == .signal && Arm.tool("nothing").design == nil
                && Arm.tool("nothing").tool == "nothing")
    }

    @Test func theSettingsComeBack() {
        let back = Arm.design(settings(.gil, rate: 300, .periodic, .cpu)).settings(seed: 9)
        #expect((back.design, back.rate, back.schedule, back.clock, back.seed) == (.gil, 300, .periodic, .cpu, 9))
        #expect(Arm.design(settings(.lines)).settings(seed: 9).functions == ["f", "g"])
    }
}
