import ProfileModel
import Statistics
import Testing

@testable import Analysis

/// What a gate says of planted rounds.
@Suite struct GateTests {
    private typealias Times = [String: Double]

    /// Ten rounds of `main`, which calls the functions named; in seconds, with a little noise.
    private func judged(
        before: Times, after: Times, calls: [(String, String)] = [], selfTest factor: Double = 1, whole: Double = 2
    ) -> GateSequence.Look? {
        var random = SplitMix(state: 3)
        func run(_ own: Times, _ factor: Double = 1) -> GateRun {
            let noisy = own.mapValues { $0 * factor + Double.random(in: -0.001...0.001, using: &random) }
            let edges = calls + own.keys.map { ("main", $0) }
            return GateRun(
                seconds: whole + noisy.values.reduce(0, +),
                functions: Dictionary(
                    uniqueKeysWithValues: noisy.map { (key($0), GateRun.Times(own: $1, total: $1)) }
                        + [(key("main"), GateRun.Times(own: whole, total: whole + noisy.values.reduce(0, +)))]),
                calls: Set(edges.map { GateRun.Call(key($0), key($1)) }), own: [key("main"): 1])
        }
        guard let plan = LookPlan(most: 10) else { return nil }
        var sequence = GateSequence(plan, limits: GateLimits())
        var last: GateSequence.Look?
        for number in 1...10 {
            last = sequence.add(
                GateRound(before: run(before), after: run(after), again: run(before, factor)), isLast: number == 10)
        }
        return last
    }

    private func key(_ name: String) -> MatchedFunction { MatchedFunction(file: "p.py", qualname: name) }

    private func function(_ name: String, in look: GateSequence.Look?) -> GateFunction? {
        look?.functions.first { $0.qualname == name }
    }

    @Test func theSamePasses() throws {
        let look = try #require(judged(before: ["f": 0.1, "g": 0.2], after: ["f": 0.1, "g": 0.2]))
        #expect(look.verdict == .pass && look.functions.allSatisfy { $0.verdict == .pass })
        #expect(look.rounds == 10 && look.selfTest.verdict == .pass)
    }

    @Test func aFunctionThatGrewFailsWithItsSeconds() throws {
        let look = try #require(judged(before: ["f": 0.1, "g": 0.2], after: ["f": 0.14, "g": 0.2]))
        let grown = try #require(look.functions.first)
        #expect(look.verdict == .fail && grown.qualname == "f" && grown.failsBy == .own && grown.moved == nil)
        #expect(grown.change.low < 0.04 && 0.04 < grown.change.high && grown.change.low > 0.035)
        #expect(abs(grown.before - 0.1) < 0.001 && abs(grown.after - 0.14) < 0.001)
        // Who calls it grew only with it.
        #expect(function("main", in: look)?.verdict == .pass)
    }

    @Test func whatWasTakenOutOfItsCallerHasMoved() throws {
        let look = try #require(
            judged(before: ["f": 0.3, "g": 0.2], after: ["f": 0.2, "g": 0.2, "helper": 0.1], calls: [("f", "helper")]))
        let helper = try #require(function("helper", in: look))
        #expect(look.verdict == .pass && helper.verdict == .pass)
        #expect(helper.moved?.from == ["f"] && abs((helper.moved?.seconds ?? 0) - 0.1) < 0.003)
    }

    @Test func whatMovedTwoCallsDownThroughANewFunctionHasMovedToo() throws {
        let look = try #require(
            judged(
                before: ["f": 0.3], after: ["f": 0.2, "outer": 0.02, "inner": 0.08],
                calls: [("f", "outer"), ("outer", "inner")]))
        #expect(look.verdict == .pass && function("inner", in: look)?.moved?.from == ["f"])
        #expect(function("outer", in: look)?.moved?.from == ["f"])
    }

    @Test func whatMovedAndGrewOnTheWayFails() throws {
        let look = try #require(
            judged(before: ["f": 0.3], after: ["f": 0.2, "helper": 0.15], calls: [("f", "helper")]))
        let helper = try #require(function("helper", in: look))
        #expect(look.verdict == .fail && helper.verdict == .fail && helper.moved?.from == ["f"])
    }

    /// Each second that left a function stands in one other function at most.
    @Test func twoFunctionsThatGrewDoNotBothTakeWhatOneLost() throws {
        let look = try #require(
            judged(
                before: ["f": 0.3, "a": 0.1, "b": 0.1], after: ["f": 0.25, "a": 0.15, "b": 0.14],
                calls: [("f", "a"), ("f", "b")]))
        #expect(function("a", in: look)?.verdict == .pass && function("b", in: look)?.verdict == .fail)
        #expect(look.verdict == .fail)
    }

    @Test func whatAnUnrelatedFunctionGainedIsNoExcuse() throws {
        let look = try #require(judged(before: ["f": 0.3, "g": 0.2], after: ["f": 0.35, "g": 0.15]))
        #expect(look.verdict == .fail && function("f", in: look)?.moved == nil)
        #expect(function("g", in: look)?.isFaster == true)
    }

    @Test func whereTheVersionBeforeDiffersFromItselfNothingIsDecided() throws {
        for factor in [0.6, 1.5] {
            let look = try #require(judged(before: ["f": 0.1], after: ["f": 0.3], selfTest: factor))
            #expect(look.selfTest.verdict == .fail && look.verdict == .undecided)
        }
    }

    @Test func withTooFewRoundsNothingIsSaid() throws {
        let plan = try #require(LookPlan(most: 10))
        var sequence = GateSequence(plan, limits: GateLimits())
        var planted = PlantedGate(seed: 1)
        #expect(sequence.add(planted.round()) == nil)
        #expect(sequence.add(planted.round(), isLast: true) == nil)
    }

    @Test func aProfileGivesEachFunctionItsSecondsAndItsCallers() throws {
        let profile = Planted.profile(
            "signal", .sampling, firstLines: ["main": 1, "f": 5],
            [("main:3 f:6 len", 30_000_000, 1), ("main:3 f:6", 20_000_000, 1), ("main:2", 50_000_000, 1)])
        let run = GateRun(profile, seconds: 0.2, paths: PortablePaths(roots: ["/elsewhere"]))
        #expect(run.seconds == 0.2 && run.calls == [GateRun.Call(key("main"), key("f"))] && run.own.isEmpty)
        let (f, main) = (try #require(run.functions[key("f")]), try #require(run.functions[key("main")]))
        #expect(abs(f.own - 0.05) < 1e-9 && abs(f.total - 0.05) < 1e-9)
        #expect(abs(main.own - 0.05) < 1e-9 && abs(main.total - 0.1) < 1e-9)
        #expect(abs(GateRun(profile, seconds: nil, paths: PortablePaths(roots: [])).seconds - 0.1) < 1e-9)
    }

    @Test func filesHaveTheSameNamesInTwoTreesAndTwoEnvironments() {
        let (a, b) = (PortablePaths(roots: ["/tmp/tree"]), PortablePaths(roots: ["/home/u/project/", "/home/u"]))
        #expect(a("/tmp/tree/src/x.py") == "src/x.py" && b("/home/u/project/src/x.py") == "src/x.py")
        #expect(
            a("/tmp/tree/.venv/lib/python3.11/site-packages/p/q.py")
                == b("/opt/e/lib/python3.13/site-packages/p/q.py"))
        #expect(a("/usr/lib/python3.11/json/decoder.py") == b("/opt/lib/python3.13/json/decoder.py"))
        #expect(a("<string>") == "<string>" && a("/tmp/treetop/x.py") == "/tmp/treetop/x.py")
        #expect(a.owns("/tmp/tree/x.py") && !a.owns("/tmp/tree/.venv/lib/python3.11/site-packages/p.py"))
    }
}
