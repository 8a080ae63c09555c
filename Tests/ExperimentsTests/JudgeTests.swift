import Analysis
import Measuring
import ProfileModel
import Testing

@testable import Experiments

/// The judge's own errors, over samplers that are drawn: how often a faultless one misses, and how often a fault is found.
@Suite("The judge")
struct JudgeTests {
    private static let cards = 40

    /// What stands for the battery: a program of each kind of question that chance decides.
    private static let programs: [(program: BatteryProgram, shares: [String: Double])] = [
        (
            program("even", [.shares, .variation, .coverage, .time, .samples]),
            ["a": 0.3, "b": 0.3, "c": 0.2, "d": 0.15]
        ),
        (
            program("tail", [.shares, .variation, .coverage]),
            ["a": 0.45, "b": 0.25, "c": 0.12, "d": 0.08, "e": 0.04, "f": 0.004]
        ),
        (program("planted", [.seen], planted: ["a"]), ["a": 0.09, "b": 0.9]),
        (program("lines", [.lines]), ["21": 0.5, "23": 0.3, "25": 0.15]),
        (program("stacks", [.stacks]), ["a": 1]),
    ]

    private static func program(_ name: String, _ asks: [BatteryAsk], planted: [String] = []) -> BatteryProgram {
        var program = BatteryProgram(name: name, question: name, script: "/x/program.py", asks: asks, rounds: 8)
        program.planted = planted
        return program
    }

    /// - Parameter only: the programs that are run; the level is still that of the whole battery.
    private static func card(_ fault: SimulatedSampler.Fault, seed: UInt64, only: [String] = []) -> [JudgeRow] {
        var sampler = SimulatedSampler(fault, seed: seed)
        let chosen = programs.filter { only.isEmpty || only.contains($0.program.name) }
        let evidences = chosen.map { program, shares in
            Evidence(
                program: program, kind: .sampling,
                profiled: (0..<program.rounds).map { sampler.run(program, shares, seconds: 1, round: $0) },
                controls: (0..<program.rounds).map { sampler.control(shares, seconds: 1, round: $0) })
        }
        return Judge(Battery(title: "simulated", rounds: 8, programs: programs.map(\.program))).rows(evidences)
    }

    /// Of so many cards those on which one of the rows is missed.
    private static func missed(
        _ fault: SimulatedSampler.Fault, only: [String] = [], _ isAsked: (JudgeRow) -> Bool = { _ in true }
    ) -> Int {
        (0..<cards).count { number in
            card(fault, seed: UInt64(number) &* 7919 &+ 3, only: only).contains { isAsked($0) && $0.verdict == .missed }
        }
    }

    private static let enough = cards * 95 / 100

    @Test func aFaultlessSamplerMissesARowOfAtMostOneCardOfTwenty() {
        #expect(Self.missed(.none) <= Self.cards / 20)
    }

    @Test func aFaultlessSamplerMeetsWhatIsAsked() {
        let open = Self.card(.none, seed: 5).filter { $0.verdict != .met }
        #expect(open.isEmpty, "\(open.map { "\($0.question): \($0.text)" })")
    }

    @Test(arguments: ["even", "tail", "planted"])
    func aShareThatIsShiftedByThreePointsIsFound(program: String) {
        #expect(Self.missed(.shifted(0.03), only: [program]) { $0.program == program } >= Self.enough)
    }

    @Test func oneImpossibleStackInAHundredIsFound() {
        #expect(Self.missed(.impossibleStacks(0.01), only: ["stacks"]) { $0.group == .stacks } >= Self.enough)
    }

    @Test func aFifthOfTheTimeThatIsLostIsFound() {
        #expect(Self.missed(.lost(0.2), only: ["even"]) { $0.question.contains("samples") } >= Self.enough)
        #expect(Self.missed(.lostOfFirst(0.2), only: ["planted"]) { $0.program == "planted" } >= Self.enough)
    }

    @Test func linesThatAreOffByOneAreFound() {
        #expect(Self.missed(.linesOffByOne, only: ["lines"]) { $0.program == "lines" } >= Self.enough)
    }

    // MARK: What cannot be told

    @Test func whatATracerIsJudgedByMustRepeat() {
        var sampler = SimulatedSampler(seed: 1)
        let shares = [0: ["a": 0.2, "b": 0.8], 1: ["a": 0.5, "b": 0.5], 2: ["a": 0.8, "b": 0.2]]
        let runs = shares.map { round, shares in
            (
                sampler.run(Self.programs[0].program, shares, seconds: 1, round: round),
                sampler.control(shares, seconds: 1, round: round)
            )
        }
        let evidence = Evidence(
            program: Self.program("p", [.shares]), kind: .tracing, profiled: runs.map(\.0), controls: runs.map(\.1))
        let row = Self.rows(evidence)[1]
        #expect(row.verdict == .cannotTell && row.text.hasPrefix("the program is not repeatable"))
    }

    @Test func aToolThatFailsMissesAndSaysWhy() {
        let failed = (0..<3).map { JudgedRun(round: $0, seconds: 0, cpuSeconds: 0, failure: "it hangs") }
        var sampler = SimulatedSampler(seed: 1)
        let controls = (0..<3).map { sampler.control(["a": 1], seconds: 1, round: $0) }
        let rows = Self.rows(
            Evidence(program: Self.program("p", [.seen]), kind: .sampling, profiled: failed, controls: controls))
        #expect(rows.map(\.verdict) == [.missed, .missed] && rows.allSatisfy { $0.text.contains("it hangs") })
        let alone = Self.rows(
            Evidence(program: Self.program("p", [.seen]), kind: .sampling, profiled: failed, controls: []))
        #expect(alone.map(\.verdict) == [.cannotTell, .cannotTell])
    }

    private static func rows(_ evidence: Evidence) -> [JudgeRow] {
        Judge(Battery(title: "t", rounds: 3, programs: [evidence.program])).rows([evidence])
    }
}
