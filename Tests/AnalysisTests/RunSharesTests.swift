@testable import Analysis
import ProfileModel
import Testing

struct RunSharesTests {
    @Test func recursionIsCountedOnce() throws {
        var run = PlantedRun()
        let deep = run.stack("main:2", "fib:5", "fib:5", "fib:6")
        let flat = run.stack("main:3")
        run.ticks([deep, deep, deep, flat])
        let findings = try run.findings()
        #expect(isClose(try findings.function("fib").`self`.share, 0.75))
        #expect(isClose(try findings.function("fib").total.share, 0.75))
        #expect(isClose(try findings.function("main").total.share, 1))
        #expect(isClose(try findings.line(5).total.share, 0.75))
        #expect(isClose(try findings.line(5).`self`.share, 0))
        #expect(isClose(try findings.line(6).`self`.share, 0.75))
        #expect(try findings.function("fib").calls == nil)
    }

    @Test func functionThatIsNeverOnTopHasAnUpperBound() throws {
        var run = PlantedRun()
        let stack = run.stack("main", "work")
        run.ticks(Array(repeating: stack, count: 100))
        let main = try run.findings().function("main")
        #expect(main.`self`.share == 0 && main.`self`.low == 0)
        #expect(abs(try #require(main.`self`.high) - 0.036217) < 1e-5)
        #expect(main.total.high == 1)
    }

    @Test func everyThreadCounts() throws {
        var run = PlantedRun(threads: [2_000_000_000, 1_000_000_000])
        let work = run.stack("main", "work")
        let idle = run.stack("loop", "sleep()")
        for number in 0..<10 { run.tick(number, work, idle) }
        for number in 10..<20 { run.tick(number, work) }
        let findings = try run.findings()
        #expect(isClose(try findings.function("work").`self`.share, 20.0 / 30))
        #expect(isClose(try findings.function("work").`self`.seconds, 2))
        #expect(isClose(try findings.function("sleep").`self`.share, 10.0 / 30))
        #expect(try findings.function("sleep").file == nil)
        #expect(findings.threads.map(\.seconds) == [2, 1])
        #expect(isClose(findings.threads[1].share, 1.0 / 3))
    }

    /// What a tick stands for differs by thread on the CPU clock; lost ticks are told from that all the same.
    @Test func threadsOfTheCPUClockAreWeighedByTheirTime() throws {
        var run = PlantedRun(clock: .cpu, threads: [60_000_000, 120_000_000, 0])
        let stacks = [run.stack("main", "a"), run.stack("main", "b"), run.stack("main", "c")]
        for number in 0..<120 { run.tick(number, stacks[number % 3]) }
        for index in run.profile.samples.indices {
            run.profile.samples[index].thread = index % 3
            run.profile.samples[index].nanoseconds = [1_500_000, 3_000_000, 0][index % 3]
        }
        // Two of the ticks stand for lost ones, too: half of one, and one.
        run.profile.samples[0].nanoseconds = 2_250_000
        run.profile.samples[1].nanoseconds = 6_000_000
        run.ledger(due: 122, missed: 2)
        let series = TickSeries(run.profile, try Scope(run.profile, within: nil))
        let seen = series.ticks.map(\.seen)
        #expect(isClose(seen[1], 2 * seen[0]) && isClose(seen[1], seen[4]) && isClose(seen[0], seen[3]))
        #expect(isClose(series.totals.lost, 0.5 * seen[0] + seen[1]))
        #expect(isClose(try run.findings().function("b").`self`.share, 123 / (123 + 60.75)))
    }

    /// Nine of ten ticks of one half of the run are lost, and every second of the other: each sample stands for some.
    @Test func lostTicksCountWhereNoSampleIsWithoutThem() throws {
        var run = PlantedRun(threads: [1_000_000_000])
        let (often, seldom) = (run.stack("main", "often"), run.stack("main", "seldom"))
        for number in 0..<300 { run.tick(number, number < 50 ? seldom : often) }
        for index in run.profile.samples.indices {
            run.profile.samples[index].nanoseconds = 500_000 * (index < 50 ? 20 : 4)
        }
        run.profile.threads[0].tick = 1_000_000
        run.ledger(due: 1000, missed: 700)
        let found = try run.findings().function("seldom").`self`
        let (low, high) = (try #require(found.low), try #require(found.high))
        #expect(isClose(found.share, 0.5) && low < 0.4 && high > 0.6)
    }

    @Test func cpuWeighsByTime() throws {
        var run = PlantedRun(clock: .cpu, threads: [40_000_000])
        let busy = run.stack("main", "busy")
        let idle = run.stack("main", "idle")
        for number in 0..<40 { run.tick(number, number % 2 == 0 ? busy : idle) }
        for index in run.profile.samples.indices {
            run.profile.samples[index].nanoseconds = index % 2 == 0 ? 1_900_000 : 100_000
        }
        let busyFinding = try run.findings().function("busy")
        #expect(isClose(busyFinding.`self`.share, 0.95))
        #expect(isClose(busyFinding.`self`.seconds, 0.038))
        let (low, high) = (try #require(busyFinding.`self`.low), try #require(busyFinding.`self`.high))
        #expect(low < 0.95 && 0.95 < high && high < 1)
    }

    @Test func linesAreInTheirOutermostFunctionAndSortByShare() throws {
        var run = PlantedRun()
        let outer = run.stack("main:7")
        let inner = run.stack("main:7", "<lambda>:7")
        let other = run.stack("main:8")
        run.ticks([outer, inner, inner, other])
        let lines = try run.findings().lines
        #expect(lines.map(\.line) == [7, 8])
        #expect(lines[0].function == "main")
        #expect(isClose(lines[0].`self`.share, 0.75) && isClose(lines[0].total.share, 0.75))
    }

    @Test func functionsSortByShareThenName() throws {
        var run = PlantedRun()
        let stacks = [run.stack("root", "b"), run.stack("root", "a"), run.stack("root", "c"), run.stack("root", "c")]
        run.ticks(stacks)
        #expect(try run.findings().functions.map(\.name) == ["c", "a", "b", "root"])
    }

    @Test func withinAFunction() throws {
        var run = PlantedRun()
        let start = run.stack("start")
        let work = run.stack("main", "work")
        let rest = run.stack("main", "rest()")
        run.ticks([start, start, work, work, work, rest, start, start])
        let findings = try run.findings(within: "main")
        #expect(findings.within == "main")
        #expect(isClose(try findings.function("work").`self`.share, 0.75))
        #expect(isClose(try findings.function("work").`self`.seconds, 0.375))
        #expect(isClose(try findings.function("main").total.share, 1))
        #expect(!findings.functions.contains { $0.name == "start" })
        #expect(isClose(findings.threads[0].seconds, 0.5))
        #expect(try run.findings(within: "module.main").functions == findings.functions)
    }

    @Test func withinAnUnknownFunctionIsOneClearLine() throws {
        var run = PlantedRun()
        run.ticks([run.stack("main")])
        let error = #expect(throws: AnalysisError.self) { try run.findings(within: "mian\n") }
        #expect(error?.description.hasPrefix(#"no sample has a function named "mian\n" on its stack: "#) == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func emptyProfiles() throws {
        let sampled = try PlantedRun().findings()
        #expect(sampled.functions.isEmpty && sampled.lines.isEmpty)
        #expect(sampled.caveatCodes.contains("few-samples"))
        #expect(try PlantedRun(.tracing, threads: []).findings().functions.isEmpty)
    }

    @Test func ticksWithoutWeightGiveNoShare() throws {
        var run = PlantedRun(clock: .cpu, threads: [0])
        run.tick(0, run.stack("main"))
        run.profile.samples[0].nanoseconds = 0
        let main = try run.findings().function("main")
        #expect(main.`self` == Estimate(share: nil))
    }

    @Test func foreignSamplesHaveNoInterval() throws {
        var run = PlantedRun(schedule: nil, threads: [])
        let (a, b) = (run.stack("main", "a"), run.stack("main", "b"))
        run.node(a, calls: 30, nanoseconds: 0)
        run.node(b, calls: 10, nanoseconds: 0)
        run.profile.seconds = 4
        let findings = try run.findings()
        let finding = try findings.function("a")
        #expect(isClose(finding.`self`.share, 0.75) && isClose(finding.`self`.seconds, 3))
        #expect(finding.`self`.low == nil && finding.`self`.worstLow == nil && finding.calls == nil)
        #expect(findings.interval == "none: unknown schedule")
        #expect(findings.caveatCodes == ["unknown-schedule"])
    }

    /// A file may say anything; figures may be odd then, but nothing breaks.
    @Test func absurdNumbersDoNotCrash() throws {
        var run = PlantedRun(schedule: .periodic, threads: [.max, .max, -1])
        let stack = run.stack("main", "work")
        for tick in [Int.max, .min, 0, .max - 1] {
            run.profile.samples.append(
                Sample(
                    stack: stack, thread: 99, tick: tick, instant: .max, count: .max, nanoseconds: .min, isProbe: true))
        }
        run.profile.rate = -0.0
        run.ledger(due: 0)
        run.profile.ledger?.due = .min
        run.profile.ledger?.failed = .max
        for schedule in Schedule.allCases {
            run.profile.schedule = schedule
            #expect(isClose(try run.findings().function("work").`self`.share, 1))
        }
        run.profile.kind = .tracing
        #expect(try run.findings().functions.count == 2)
    }

    @Test func foreignSamplesGoByTimeWhereItIsGiven() throws {
        var run = PlantedRun(schedule: nil, threads: [])
        run.node(run.stack("a"), calls: 1, nanoseconds: 3_000_000_000)
        run.node(run.stack("b"), calls: 1, nanoseconds: 1_000_000_000)
        run.node(run.stack("c"), calls: 1, nanoseconds: -5)
        let findings = try run.findings()
        #expect(isClose(try findings.function("a").`self`.share, 0.75))
        #expect(isClose(try findings.function("a").`self`.seconds, 3))
    }

    @Test func caveatsOfTheProfileAreCarriedOn() throws {
        var run = PlantedRun()
        run.profile.caveats = [Caveat(code: "damaged-log", text: "The log ends early.")]
        #expect(try run.findings().caveats.first == run.profile.caveats[0])
    }
}
