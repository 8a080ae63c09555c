import ProfileModel
import Testing

@testable import Analysis

/// What functions did in their own time, and reports of a part of the time.
@Suite struct TimeScopeTests {
    /// Two threads at 1000 ticks. The first is in `work`: of ten ticks it runs Python at four, `zlib.compress` without the lock at two,
    /// collects garbage at one, waits for the lock at one, and sleeps at two. The second waits in `rest` all the time.
    private func run(_ told: KindsTold = .all) -> PlantedRun {
        var run = PlantedRun(threads: [1_000_000_000, 1_000_000_000])
        let (work, rest) = (run.stack("main", "work"), run.stack("rest"))
        for number in 0..<1000 { run.tick(number, work, rest) }
        for at in run.profile.samples.indices {
            let sample = run.profile.samples[at]
            let (called, isWaiting, holdsLock) = sample.thread == 1 ? ("sleep", true, false) : Self.state(at / 2 % 10)
            run.profile.samples[at].note = SampleNote(called: called)
            (run.profile.samples[at].isWaiting, run.profile.samples[at].holdsLock) = (isWaiting, holdsLock)
        }
        run.ledger(due: 1000)
        run.profile.kindsTold = told
        return run
    }

    private static func state(_ at: Int) -> (String?, Bool, Bool) {
        switch at {
        case 0..<4: (nil, false, true)
        case 4..<6: ("zlib.compress", false, false)
        case 6: (Function.garbageCollection, false, true)
        case 7: (Function.lockWait, true, false)
        default: ("sleep", true, false)
        }
    }

    @Test func aFunctionsKindsAddUpToItsShare() throws {
        let work = try run().findings().function("work")
        let kinds = try #require(work.kinds)
        let expected: [TimeKind: Double] = [
            .python: 0.2, .c: 0.1, .garbageCollection: 0.05, .lockWait: 0.05, .waiting: 0.1, .unknown: 0,
        ]
        #expect(TimeKind.allCases.allSatisfy { isClose(kinds[$0], expected[$0] ?? -1) })
        #expect(isClose(TimeKind.allCases.reduce(0) { $0 + (kinds[$1] ?? 0) }, work.`self`.share ?? 0))
        let intervals = try #require(work.kindIntervals)
        #expect(TimeKind.allCases.allSatisfy { intervals[$0]!.low <= kinds[$0]! && kinds[$0]! <= intervals[$0]!.high })
        #expect(intervals.unknown.low == 0 && intervals.unknown.high > 0)
    }

    @Test func aCalledFunctionHasItsKindsToo() throws {
        let sleep = try run().findings().function("sleep")
        #expect(isClose(sleep.kinds?.waiting, 0.6) && isClose(sleep.`self`.share, 0.6))
        #expect(isClose(try run().findings().function("compress").kinds?.c, 0.1))
    }

    @Test func kindsAreSharesOfTheTimeWithin() throws {
        let work = try run().findings(within: "work").function("work")
        #expect(isClose(work.kinds?.python, 0.4) && isClose(work.kinds?.waiting, 0.2))
    }

    @Test func whatADesignDoesNotTellIsAbsent() throws {
        let kinds = try #require(try run(.callsAndWaits).findings().function("work").kinds)
        #expect(kinds.garbage == nil && kinds.gil == nil)
        #expect(try run(.none).findings().function("work").kinds == nil)
    }

    @Test(arguments: [(TimeScope.running, 0.35, 0.7), (.idle, 0.65, 1.3), (.gil, 0.25, 0.5)])
    func aReportIsOfAPartOfTheTime(time: TimeScope, share: Double, seconds: Double) throws {
        let findings = try run().findings(time: time)
        #expect(findings.time == time)
        #expect(isClose(findings.timeShare?.share, share) && isClose(findings.timeShare?.seconds, seconds))
        #expect(findings.timeShare!.low! < share && share < findings.timeShare!.high!)
        #expect(isClose(findings.functions.filter { $0.file != nil }.reduce(0) { $0 + $1.`self`.share! }, 1))
        #expect(isClose(findings.functions.filter { $0.file != nil }.reduce(0) { $0 + $1.`self`.seconds! }, seconds))
        #expect(isClose(findings.threads.reduce(0) { $0 + ($1.seconds ?? 0) }, seconds))
    }

    @Test func onlyWhatRanIsInTheTimeOfRunning() throws {
        let findings = try run().findings(time: .running)
        #expect(findings.functions.map(\.name).contains("rest") == false)
        let work = try findings.function("work")
        #expect(isClose(work.`self`.share, 1) && isClose(work.kinds?.python, 4.0 / 7))
        #expect(isClose(work.kinds?.waiting, 0))
        #expect(isClose(findings.threads[1].seconds, 0))
        #expect(Set(findings.kinds.map(\.kind)) == [.python, .c, .garbageCollection])
        #expect(isClose(try run().findings(within: "work", time: .running).function("work").`self`.share, 1))
    }

    /// The shares of a part are ratios over all ticks, as those under a function are: their intervals are the same.
    @Test func intervalsAreThoseOfTheTimeUnderAFunction() throws {
        var run = PlantedRun()
        let (fast, slow) = (run.stack("main", "part", "fast"), run.stack("main", "part", "slow"))
        let other = run.stack("main", "other")
        run.ticks((0..<3000).map { $0 * 7919 % 13 < 5 ? other : $0 % 3 == 0 ? fast : slow })
        for at in run.profile.samples.indices {
            run.profile.samples[at].isWaiting = run.profile.samples[at].stack == other
        }
        run.profile.kindsTold = .all
        let part = try run.findings(time: .running).function("slow").`self`
        var within = try run.findings(within: "part").function("slow").`self`
        #expect(isClose(part.seconds, within.seconds ?? 0))
        within.seconds = part.seconds
        #expect(part == within && part.low != nil)
    }

    @Test func whereWhoHeldTheLockIsUnknownThatIsSaid() throws {
        var silent = run()
        for at in silent.profile.samples.indices.prefix(100) { silent.profile.samples[at].holdsLock = nil }
        let findings = try silent.findings(time: .gil)
        #expect(findings.caveats.contains { $0.code == "gil-unknown" && $0.text.contains("5") })
        #expect(try run().findings(time: .gil).caveats.contains { $0.code == "gil-unknown" } == false)
    }

    @Test func whatCannotBeToldIsRefused() throws {
        #expect(refusal(run(.none), .running).contains("the design signal tells it"))
        #expect(refusal(run(.callsAndWaits), .gil).contains("it tells --time running and --time idle"))
        #expect(try run(.callsAndWaits).findings(time: .idle).time == .idle)
        var silent = run()
        silent.profile.clock = .cpu
        #expect(refusal(silent, .idle).contains("the wall clock"))
        silent.profile.clock = .wall
        for at in silent.profile.samples.indices {
            (silent.profile.samples[at].holdsLock, silent.profile.samples[at].note) = (nil, nil)
            silent.profile.samples[at].isWaiting = false
        }
        #expect(refusal(silent, .gil).contains("does not say who held the GIL"))
        #expect(refusal(silent, .idle).contains("no thread was seen waiting"))
    }

    private func refusal(_ run: PlantedRun, _ time: TimeScope) -> String {
        do { _ = try run.findings(time: time) } catch { return "\(error)" }
        return ""
    }
}
