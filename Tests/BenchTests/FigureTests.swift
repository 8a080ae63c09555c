import Measuring
import Synchronization
import Testing

@testable import swprof_bench

/// Measures a figure with scripted processes: the rows that it reports.
private func rows(
    of figure: some Figure, quick: Int? = nil, _ answer: @escaping @Sendable (Command, Int) -> Outcome
) async throws -> [Row] {
    let rows = Rows()
    try await figure.measure(
        in: Bench(
            programs: Programs(python: "python"), starter: ScriptedStarter(answer),
            rule: quick.map(StoppingRule.exactly) ?? StoppingRule(), quick: quick,
            report: { row in rows.all.withLock { $0.append(row) } }, keep: { _, _ in }, progress: { _, _ in }))
    return rows.all.withLock { $0 }
}

private final class Rows: Sendable {
    let all = Mutex<[Row]>([])
}

@Suite struct FigureTests {
    @Test(arguments: [(1.005, Verdict.met), (1.2, .missed)])
    func slowdownIsByWallTime(slowdown: Double, verdict: Verdict) async throws {
        let figure = SamplingSlowdown(workload: "w", script: Script(path: "w.py"))
        let found = try await rows(of: figure) { command, n in
            let noise = 1 + Double(n % 2) / 1000
            return .took(wall: command.environment["SWPROF_LAUNCH"] == nil ? 1 : slowdown * noise, cpu: 99)
        }
        #expect(found.map(\.verdict) == [verdict, nil])
        #expect(found[0].from == "20 rounds")
    }

    /// The control takes 1 s of CPU, cProfile adds 5.
    @Test(arguments: [(0.9, Verdict.met), (1.1, .missed)])
    func evalFrameIsHeldToAFifthOfWhatCProfileAdds(added: Double, verdict: Verdict) async throws {
        let figure = EvalFrameCost(workload: "w", script: Script(path: "w.py"))
        let found = try await rows(of: figure) { command, n in
            if command.arguments.contains("experiments/bench/cprofile_python.py") { return .took(wall: 9, cpu: 6) }
            let noise = Double(n % 2) / 1000
            return .took(wall: 9, cpu: 1 + (command.environment["SWPROF_LAUNCH"] == nil ? 0 : added + noise))
        }
        #expect(found.map(\.verdict) == [verdict])
    }

    /// Callbacks that do nothing add 3 s of CPU to the control's 1 s; above them, cProfile has 10 of its own.
    @Test(arguments: [(3.4, Verdict.met), (3.6, .missed)])
    func monitoringIsHeldToAThirdOfCProfilesOwnPart(own: Double, verdict: Verdict) async throws {
        let figure = MonitoringCost("3.15", "w", Script(path: "w.py"))
        let found = try await rows(of: figure) { command, n in
            #expect(command.executable.hasSuffix("python3.15"))
            if command.arguments.contains("cProfile") { return .took(wall: 9, cpu: 14) }
            let noise = Double(n % 2) / 1000
            let added = ["monitoring-nothing": 3, "monitoring": 3 + own + noise]
            return .took(wall: 9, cpu: 1 + (command.environment["SWPROF_LAUNCH"].flatMap { added[$0] } ?? 0))
        }
        #expect(found.map(\.verdict) == [verdict, nil])
        #expect(abs((found[1].value ?? 0) - 3.0 / 13) < 0.01)
    }

    /// line_profiler adds 4 s of CPU; loading it, which is no cost of a line, another 2.
    @Test(arguments: [(1.9, Verdict.met), (2.1, .missed)])
    func linesAreHeldToHalfOfWhatLineProfilerAdds(added: Double, verdict: Verdict) async throws {
        let found = try await rows(of: LineCost()) { command, n in
            let noise = Double(n % 2) / 1000
            if command.arguments.contains("yes") { return .took(wall: 9, cpu: 7) }
            if command.arguments.contains("no") { return .took(wall: 9, cpu: 3) }
            return .took(wall: 9, cpu: 1 + (command.environment["SWPROF_LAUNCH"] == nil ? 0 : added + noise))
        }
        #expect(found.map(\.verdict) == [verdict])
    }

    @Test func newerPythonsAreHeldToTheirOwnCProfile() {
        let figures = EvalFrameCost.on("3.15", atMost: 0.45).compactMap { $0 as? EvalFrameCost }
        #expect(
            figures.map(\.name) == ["recursion", "mixed calls", "richards", "chaos"].map { "evalframe 3.15 \($0)" })
        #expect(
            figures.allSatisfy { $0.most == 0.45 && $0.script.python?.hasSuffix("/sid/usr/bin/python3.15") == true })
    }

    /// One call among many paths costs so many times as much as among few; a hook that does nothing adds half a second
    /// of CPU to either.
    @Test(arguments: [(1.9, Verdict.met), (2.1, .missed)])
    func aCallsCostMayDoubleWithThePaths(times: Double, verdict: Verdict) async throws {
        let found = try await rows(of: EventCost.paths("evalframe")) { command, n in
            let noise = 1 + Double(n % 2) / 1000
            let added = [
                "evalframe-nothing": 0.5, "evalframe": noise * (command.arguments.contains("100000") ? times : 1),
            ]
            return .took(wall: 1, cpu: 1 + (command.environment["SWPROF_LAUNCH"].flatMap { added[$0] } ?? 0))
        }
        #expect(found.map(\.verdict) == [verdict, nil, nil])
        #expect(abs((found[1].value ?? 0) - (times - 0.5) / 0.5) < 0.1)
        #expect(found[2].value == 1)
    }

    @Test(arguments: [(1.2, Verdict.met), (1.4, .missed)])
    func pyperformanceIsAGeometricMean(slowdown: Double, verdict: Verdict) async throws {
        let found = try await rows(of: EvalFrameSlowdown()) { command, n in
            let noise = 1 + Double(n % 2) / 1000
            return .took(wall: command.environment["SWPROF_LAUNCH"] == nil ? 1 : slowdown * noise, cpu: 9)
        }
        #expect(found.map(\.verdict) == [Optional(verdict)] + PyPerformance.ten.map { _ in nil })
    }

    @Test(arguments: [(2.01, Verdict.met), (1.9, .missed)])
    func theSleepHasToBeChargedToItsLine(charged: Double, verdict: Verdict) async throws {
        let report = """
            {"ledger": null, "lines": [{"file": "/x/experiments/bench/sleep_after_busy.py", "line": 22,
             "self": {"share": 0.6, "low": null, "high": null, "seconds": \(charged)}}]}
            """
        let found = try await rows(of: SleepAfterBusy(), quick: 2) { command, _ in
            .took(output: command.arguments.first == "report" ? report : #"{"line": 22, "slept": 2.0}"#)
        }
        #expect(found.map(\.verdict) == [verdict])
    }

    @Test(arguments: [(0, Verdict.met), (1, .missed)])
    func oneImpossibleStackIsAMiss(illegal: Int, verdict: Verdict) async throws {
        let judgement = """
            {"stacks": 1200000, "illegal": \(illegal), "elsewhere": 0, "functions": 201, "examples": ["why"]}
            """
        let found = try await rows(of: LegalStacks()) { command, _ in
            let report = #"{"ledger": {"due": 9, "taken": 9990, "missed": 0, "failed": 10}, "lines": []}"#
            return .took(output: command.arguments.first == "report" ? report : judgement)
        }
        #expect(found.map(\.verdict) == [verdict, .met, .met, .met])
        #expect(found[0].from == "9 runs")
    }

    @Test func aCrashIsCountedAndTheOthersGoOn() async throws {
        let judgement = #"{"stacks": 1200000, "illegal": 0, "elsewhere": 0, "functions": 201, "examples": []}"#
        let found = try await rows(of: LegalStacks(), quick: 3) { command, n in
            switch command.arguments.first {
            case "run": .took(status: n == 1 ? 139 : 0)
            case "report": .took(output: #"{"ledger": {"due": 9, "taken": 9, "missed": 0, "failed": 0}, "lines": []}"#)
            default: .took(output: judgement)
            }
        }
        #expect(found.map(\.measured).last == "1 in 2400000")
        #expect(found.map(\.verdict).last == .missed)
    }

    /// A tracer that says 20 points too much, and a compensation that takes nine tenths of that away, or half of it.
    @Test(arguments: [
        (0.1, true, [Verdict?.some(.met), .met, nil, nil, .met, .met]),
        (0.5, false, [.met, .missed, nil, nil, .missed, .missed]),
    ])
    func compensationIsHeldToTheTruth(errorLeft: Double, isGuarded: Bool, verdicts: [Verdict?]) async throws {
        let last = Mutex(0.0)
        let found = try await rows(of: CompensationBias(design: "evalframe"), quick: 20) { command, n in
            switch command.arguments.first {
            case "calibrate": return .took()
            case "run":
                last.withLock { $0 = (command.arguments.last.flatMap(Double.init) ?? 0) / 100 }
                return .took()
            case "report":
                let truth = last.withLock { $0 }
                // Of eleven reports a trial, whose slopes differ a little.
                let tilt = Double(n / 11 % 3 - 1) / 100
                let share = truth + errorLeft * 0.2 + tilt * (truth - 0.5)
                let low = isGuarded ? "null" : "0.1"
                return .took(
                    output: """
                        {"lines": [], "caveats": [{"code": "not-identifiable"}], "functions": [
                         {"name": "nothing", "self": {"share": 0.5, "compensated": {"low": \(low), "seconds": 1}}, "total": {}},
                         {"name": "calling", "self": {}, "total": {"share": \(truth + 0.2), "compensated":
                          {"seconds": 1, "low": 0.9, "share": \(share), "shareLow": \(share - 0.04), "shareHigh": \(share + 0.04)}}}]}
                        """)
            default:
                let percent = command.arguments.last.flatMap(Double.init) ?? 0
                return .took(
                    output:
                        #"{"truth": {"calling": \#(percent / 100), "inlined": 0.1}, "within": "main", "seconds": 1}"#)
            }
        }
        #expect(found.map(\.verdict) == verdicts)
        #expect(found.map(\.from) == Array(repeating: "20 trials", count: 6))
    }

    @Test func theTalksPictureIsJudgedByItsTruths() async throws {
        let found = try await rows(of: TalkPicture(), quick: 20) { command, _ in
            .took(output: talkAnswer(to: command))
        }
        #expect(found.map(\.verdict) == [.met, .met, .met])
    }

    @Test func aShareWithoutAnIntervalMeetsNothing() async throws {
        let found = try await rows(of: TalkPicture(), quick: 20) { command, _ in
            .took(
                output: talkAnswer(to: command).replacing(
                    #""low": 0.82, "high": 0.83"#, with: #""low": null, "high": null"#))
        }
        #expect(found.map(\.verdict) == [.missed, .missed, .met])
    }
}

/// What the programs of the talk's picture would say where line 10 has 0.82 to 0.84.
private func talkAnswer(to command: Command) -> String {
    if command.arguments.first == "report" {
        let isGil = command.arguments.contains { $0.contains("gil") }
        return """
            {"lines": [{"file": "/x/sieve.py", "line": \(isGil ? 8 : 10),
             "self": {"share": \(isGil ? 0.26 : 0.825), "low": 0.82, "high": 0.83}}]}
            """
    }
    if command.arguments.contains("empties") { return #"{"updates": [0.1, 0.2], "loop": [0.25]}"# }
    return #"{"first": 0.8, "second": 0.2, "firstIterations": 1000, "secondIterations": 1000000}"#
}
