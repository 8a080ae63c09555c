import Analysis
import ProfileModel
import Statistics
import Testing

struct RunIntervalTests {
    /// 1,000 ticks, in work for the middle 400.
    private func phased(_ schedule: Schedule) -> PlantedRun {
        var run = PlantedRun(schedule: schedule)
        let (work, rest) = (run.stack("main", "work"), run.stack("main", "rest"))
        run.ticks((0..<1000).map { (300..<700).contains($0) ? work : rest })
        run.ledger(due: 1000)
        return run
    }

    @Test func poissonIsWilson() throws {
        let findings = try phased(.poisson).findings()
        let bounds = try #require(Wilson.interval(400, of: 1000))
        let work = try findings.function("work").`self`
        #expect(isClose(work.low, bounds.low) && isClose(work.high, bounds.high))
        #expect(findings.interval == "Wilson and Clopper–Pearson, 95 %" && findings.estimand == .thisRun)
    }

    /// The method depends on how many ticks saw the place, and how many there are.
    @Test func everyFigureNamesItsMethod() throws {
        func run(_ counts: [(String, Int)]) throws -> RunFindings {
            var run = PlantedRun(schedule: .poisson)
            run.ticks(counts.flatMap { name, count in Array(repeating: run.stack(name), count: count) })
            return try run.findings()
        }
        let many = try run([("often", 400), ("seldom", 20), ("rare", 3)])
        #expect(
            try many.function("often").`self`.interval == "mid-p" && many.function("seldom").total.interval == "mid-p")
        #expect(try many.function("rare").`self`.interval == "Clopper–Pearson")
        #expect(many.interval == "mid-p and Clopper–Pearson, 95 %")
        let more = try run([("often", 400), ("also", 300), ("seldom", 20), ("rare", 3)])
        #expect(try more.function("often").`self`.interval == "Wilson")
        #expect(more.interval == "Wilson, mid-p and Clopper–Pearson, 95 %")
        #expect(try run([("a", 8), ("b", 12)]).interval == "Blaker, 95 %")
        #expect(try run([]).interval == "none: no valid sample")
    }

    /// Two changes: V = 1,000/998 · 2/2/1000², n* = 0.24/V > 50 · 1,000.
    @Test func jitteredIsFarNarrowerOnSlowPhases() throws {
        let findings = try phased(.jittered).findings()
        let bounds = try #require(Wilson.interval(20_000, of: 50_000))
        let work = try findings.function("work").`self`
        #expect(isClose(work.low, bounds.low) && isClose(work.high, bounds.high))
        #expect(findings.interval == "collapsed-strata Wilson and Clopper–Pearson, 95 %")
    }

    /// Every second tick lost: no neighbours are left, and nothing narrows.
    @Test func ticksOnBothSidesOfALostOneAreNoNeighbours() throws {
        var run = phased(.jittered)
        run.profile.samples.removeAll { ($0.tick ?? 0) % 2 == 1 }
        run.ledger(due: 1000, missed: 500)
        let bounds = try #require(Wilson.interval(200, of: 500))
        let work = try run.findings().function("work").`self`
        #expect(isClose(work.low, bounds.low) && isClose(work.high, bounds.high))
    }

    /// 20 changes of 100 pairs, and one more at the end: whether the last tick's interval was whole is not known.
    @Test func lastTickIsNobodysNeighbour() throws {
        func width(due: Int) throws -> Double {
            var run = PlantedRun()
            let (work, rest) = (run.stack("work"), run.stack("rest"))
            run.ticks((0...100).map { $0 == 100 ? work : $0 / 5 % 2 == 0 ? work : rest })
            run.ledger(due: due)
            let work_ = try run.findings().function("work").`self`
            return try #require(work_.high) - (try #require(work_.low))
        }
        #expect(try width(due: 101) < width(due: 102))
    }

    @Test func threadsThatMoveTogetherAreNotIndependent() throws {
        func width(together: Bool) throws -> Double {
            var run = PlantedRun(schedule: .poisson, threads: [1_000_000_000, 1_000_000_000])
            let (a, b) = (run.stack("a"), run.stack("b"))
            for k in 0..<400 {
                let (first, second) = (k % 2 == 0, together ? k % 2 == 0 : k / 2 % 2 == 0)
                run.tick(k, first ? a : b, second ? a : b)
            }
            let a_ = try run.findings().function("a").`self`
            #expect(isClose(a_.share, 0.5))
            return try #require(a_.high) - (try #require(a_.low))
        }
        #expect(abs(try width(together: true) / width(together: false) - 2.0.squareRoot()) < 0.01)
    }

    @Test func withinIsTheIntervalOfItsOwnTicks() throws {
        var run = PlantedRun(schedule: .poisson)
        let (work, rest, other) = (run.stack("main", "work"), run.stack("main"), run.stack("other"))
        run.ticks((0..<300).map { [work, rest, other][$0 % 3] })
        let bounds = try #require(Wilson.interval(100, of: 200))
        let finding = try run.findings(within: "main").function("work").`self`
        #expect(isClose(finding.low, bounds.low) && isClose(finding.high, bounds.high))
    }

    @Test func lostTicksBoundTheWorstCase() throws {
        var run = phased(.jittered)
        run.ledger(due: 1250, missed: 150, failed: 100)
        let findings = try run.findings()
        let work = try findings.function("work").`self`
        #expect(isClose(work.worstLow, 400.0 / 1250) && isClose(work.worstHigh, 650.0 / 1250))
        let failed = try #require(findings.caveats.first { $0.code == "failed-samples" })
        #expect(failed.text.hasPrefix("100 of 1,250 ticks (8.0 %)"))
    }

    @Test func lostThreadsBoundTheWorstCaseToo() throws {
        var run = phased(.jittered)
        run.ledger(due: 1000)
        run.profile.ledger?.threadSamples = 2000
        run.profile.ledger?.threadSamplesLost = 500
        let findings = try run.findings()
        let work = try findings.function("work").`self`
        #expect(isClose(work.worstLow, 400.0 / 1250) && isClose(work.worstHigh, 650.0 / 1250))
        let lost = try #require(findings.caveats.first { $0.code == "missed-ticks" })
        #expect(lost.text.hasPrefix("500 of 2,500 stacks (20.0 %)"))
    }

    @Test func oneFailureInAHundredIsTolerated() throws {
        var run = phased(.jittered)
        run.ledger(due: 1010, failed: 10)
        #expect(try run.findings().caveatCodes.isEmpty)
    }

    @Test func periodicHasNoInterval() throws {
        let findings = try phased(.periodic).findings()
        let work = try findings.function("work").`self`
        #expect(isClose(work.share, 0.4) && work.low == nil && work.high == nil && work.worstLow != nil)
        #expect(findings.interval == "none: periodic ticks")
        #expect(findings.caveatCodes == ["periodic-no-interval"])
    }

    @Test func instantsOfTheProgramHaveOnlyTheWorstCase() throws {
        var run = phased(.jittered)
        run.profile.design = "gil"
        run.profile.instantsAreOwn = false
        run.ledger(due: 2000, missed: 1000)
        let findings = try run.findings()
        let work = try findings.function("work").`self`
        #expect(work.low == nil && work.high == nil)
        #expect(isClose(work.worstLow, 0.2) && isClose(work.worstHigh, 0.7))
        #expect(findings.caveatCodes == ["instants-not-ours", "missed-ticks"])
    }

    @Test func fewSamplesAreToldAndStillBounded() throws {
        var run = PlantedRun()
        run.ticks(Array(repeating: run.stack("main"), count: 9))
        let findings = try run.findings()
        #expect(findings.caveatCodes == ["few-samples"])
        #expect(try #require(findings.function("main").`self`.low) < 0.7)
    }
}
