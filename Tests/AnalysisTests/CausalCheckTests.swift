import ProfileModel
import Testing

@testable import Analysis

@Suite struct CausalCheckTests {
    private static let function = Function(name: "f", qualname: "C.f", file: "p.py", line: 3)
    private static let target = CausalTarget(function, calls: 100, work: [100, 200, 400])
    /// What differs between runs, in parts of a thousand.
    private static let noise = [0.0, 4, -3, 2, -5, 1, 3, -2, 5, -4]

    /// A program of a second, half of it in `f`, whose spin adds 0.1, 0.2 and 0.4 s.
    ///
    /// - Parameters:
    ///   - absorbed: the part of that which the program would have waited anyway.
    ///   - scale: of the noise of the program's time.
    ///   - ofParts: the same of the shares, as a part of it.
    ///   - share: of the function, given its seconds and the program's.
    private static func rounds(
        _ count: Int, absorbed: Double = 0, noise scale: Double = 1, ofParts: Double = 0.05,
        _ share: (_ own: Double, _ whole: Double) -> Double
    ) -> [CausalRound] {
        (0..<count).map { round in
            let runs = [0, 0.1, 0.2, 0.4].enumerated().map { level, added in
                let noise = noise[(round + 3 * level) % noise.count] / 1000 * scale
                let wall = 1 + added * (1 - absorbed) + noise
                return CausalRun(
                    wall: wall, cpu: 0.9 + added + noise / 10,
                    parts: ["design": share(0.5 + added, 1 + added) + noise * ofParts])
            }
            return CausalRound(runs: [runs])
        }
    }

    private func check(_ rounds: [CausalRound], clock: Clock = .wall) throws -> (
        finding: CausalFinding, design: CausalDesign, codes: [String]
    ) {
        let (findings, caveats) = CausalCheck.findings([Self.target], rounds: rounds, designs: ["design"], clock: clock)
        let finding = try #require(findings.first)
        return (finding, try #require(finding.designs.first), caveats.map(\.code))
    }

    @Test func aDesignThatSeesTheTruthMovesAsItMust() throws {
        let (finding, design, codes) = try check(Self.rounds(5) { $0 / $1 })
        let (slope, intercept) = (try #require(design.slope), try #require(design.intercept))
        let (low, high) = (try #require(slope.low), try #require(slope.high))
        #expect(abs(slope.value - 1) < 0.02 && abs(intercept.value) < 0.005 && low < 1 && 1 < high)
        #expect(design.verdict == .moves && codes.isEmpty)
        #expect(
            (finding.function, finding.qualname, finding.file, finding.line, finding.calls) == (
                "f", "C.f", "p.py", 3, 100
            ))
        #expect(finding.levels.map(\.work) == [0, 100, 200, 400] && finding.levels.map(\.level) == [0, 0.1, 0.2, 0.4])
        #expect(finding.levels[0].control == [1, 1.004, 0.997, 1.002, 0.995])
        #expect(abs(finding.levels[3].designs[0].seconds[0] - 0.9) < 0.01)
    }

    @Test func aBlindDesignDoesNot() throws {
        let (_, design, _) = try check(Self.rounds(5) { _, _ in 0.2 })
        let slope = try #require(design.slope)
        #expect(abs(slope.value - 0.2) < 0.03 && design.verdict == .doesNot)
        let (_, unseen, _) = try check(Self.rounds(5, ofParts: 0) { _, _ in 0 })
        #expect(unseen.slope?.value == 0 && unseen.verdict == .doesNot)
    }

    /// It makes the program take three seconds, two of them beside `f`: what `f` gains drowns in them.
    @Test func aTracerThatInflatesTheRestDoesNot() throws {
        let (_, design, _) = try check(Self.rounds(5) { own, whole in own / (whole + 2) })
        let slope = try #require(design.slope)
        let high = try #require(slope.high)
        #expect(slope.value > 0.3 && high < 0.8 && design.verdict == .doesNot)
    }

    /// It gives the function another tenth of a second as soon as it is slowed, however long the spin.
    @Test func aJumpShowsInTheIntercept() throws {
        let (_, design, _) = try check(
            Self.rounds(10, noise: 0.1) { own, whole in (own + (own > 0.5 ? 0.1 : 0)) / whole })
        let intercept = try #require(design.intercept), low = try #require(intercept.low)
        #expect(low > 0.03 && design.verdict == .doesNot)
    }

    /// Its slope is 0.98 and known to be below 1: much data must not make a fault of it.
    @Test func whatIsOffByNextToNothingMovesAsItMust() throws {
        let (_, design, _) = try check(Self.rounds(10) { own, whole in own / whole - (own - 0.5) * 0.015 })
        let high = try #require(design.slope?.high)
        #expect(high < 0.99 && high > 0.97 && design.verdict == .moves)
    }

    @Test(arguments: [1, 2])
    func fewRoundsHaveNoIntervalAndNoVerdict(count: Int) throws {
        let (_, design, codes) = try check(Self.rounds(count) { $0 / $1 })
        let slope = try #require(design.slope)
        #expect(abs(slope.value - 1) < 0.1)
        #expect(design.slope?.low == nil && design.intercept?.high == nil && design.verdict == .cannotTell)
        #expect(codes == ["few-runs"])
    }

    @Test func whatIsTooWideTellsNothing() throws {
        let (_, design, _) = try check(Self.rounds(4, noise: 40) { $0 / $1 })
        #expect(design.verdict == .cannotTell)
    }

    /// Half of the spin is taken from what the program would have waited: every design would look wrong.
    @Test func whereTheProgramWaitsMeanwhileNobodyIsJudged() throws {
        let rounds = Self.rounds(5, absorbed: 0.5) { own, whole in own / (whole - (own - 0.5) / 2) }
        let (_, design, codes) = try check(rounds)
        #expect(design.verdict == .cannotTell && codes == ["spin-absorbed"])
        #expect(try check(rounds, clock: .cpu).codes.isEmpty, "CPU time is not absorbed")
    }

    /// Threads that hold the lock in turn: a spin of one makes the other wait in the function too.
    @Test func threadsAreJudgedByTheCPUClockOnly() throws {
        var rounds = Self.rounds(5) { $0 / $1 }
        rounds[2].runs[0][1].threads = 2
        let (_, design, codes) = try check(rounds)
        #expect(design.verdict == .cannotTell && design.slope != nil && codes == ["threads-wait"])
        #expect(try check(rounds, clock: .cpu).codes.isEmpty)
    }

    @Test func whereTheProgramGainsNothingThereIsNoSlope() throws {
        let (_, design, _) = try check(Self.rounds(5, absorbed: 1, noise: 0) { $0 / $1 })
        #expect(design.slope == nil && design.intercept == nil && design.verdict == .cannotTell)
    }

    @Test func theCPUClockIsHeldAgainstTheProgramsCPUTime() throws {
        let rounds = Self.rounds(5) { own, whole in own / (whole - 0.1) }
        #expect(try check(rounds, clock: .cpu).design.verdict == .moves)
        #expect(try check(rounds, clock: .cpu).finding.levels[0].control[0] == 0.9)
    }

    /// With many designs, chance alone would leave some interval of 95 % without the truth.
    @Test func manyDesignsAreJudgedTogether() throws {
        let rounds = Self.rounds(10, ofParts: 3) { own, whole in own / whole - (own - 0.5) * 0.1 }
        let alone = CausalCheck.findings([Self.target], rounds: rounds, designs: ["design"], clock: .wall).findings[0]
            .designs[0]
        let names = (0..<400).map { "design \($0)" }
        let many = rounds.map { round in
            CausalRound(
                runs: round.runs.map {
                    $0.map { run in
                        CausalRun(
                            wall: run.wall, cpu: run.cpu,
                            parts: Dictionary(uniqueKeysWithValues: names.map { ($0, run.parts["design"] ?? 0) }))
                    }
                })
        }
        let among = CausalCheck.findings([Self.target], rounds: many, designs: names, clock: .wall).findings[0].designs[
            0]
        #expect(alone.slope == among.slope)
        #expect(alone.verdict == .doesNot && among.verdict == .cannotTell)
    }
}

@Suite struct CausalPartTests {
    private let f = Function(name: "f", qualname: "f", file: "p.py", line: 1)

    @Test func cFunctionsBelongToTheirCallers() {
        var profile = Planted.profile(
            "setprofile", .tracing,
            [("main:3", 5, 1), ("main:3 f:7", 2, 1), ("main:3 f:7 len", 1, 1), ("main:3 f:7 g:9", 2, 1)])
        profile.seconds = 10e-9
        #expect(abs(CausalCheck.part(of: f, in: profile) - 0.3) < 1e-12)
    }

    /// Two threads that live as long as the program, and one is in `f` all the time.
    @Test func thePartIsOfTheProgramsTimeByTheClock() {
        var profile = Planted.profile("signal", .sampling, [("f:1", 10, 1), ("main:2", 10, 1)])
        profile.seconds = 10e-9
        #expect(abs(CausalCheck.part(of: f, in: profile) - 1) < 1e-12)
        profile.clock = .cpu
        #expect(abs(CausalCheck.part(of: f, in: profile) - 0.5) < 1e-12)
    }

    @Test func whatIsNotThereHasNoPart() {
        #expect(CausalCheck.part(of: f, in: Profile(design: "signal", kind: .sampling)) == 0)
    }
}
