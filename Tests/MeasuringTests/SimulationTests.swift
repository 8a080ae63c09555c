import Analysis
import ProfileModel
import Testing

@testable import Measuring

private func settings(_ change: (inout ReplaySettings) -> Void = { _ in }) -> ReplaySettings {
    var settings = ReplaySettings(seed: 20)
    change(&settings)
    return settings
}

private func simulated(
    _ timeline: Timeline, times: Int = 400, _ change: (inout ReplaySettings) -> Void = { _ in }
) async throws -> SimulateFindings {
    try await Simulation(timeline, isCompensated: false, settings(change)).findings(times: times, error: 0.01)
}

extension SimulateFindings {
    fileprivate func share(_ name: String) throws -> SimulatedShare {
        try #require(functions.first { $0.name == name }).share
    }

    fileprivate func line(_ line: Int) throws -> SimulatedShare { try #require(lines.first { $0.line == line }).share }
}

@Suite struct SimulationTests {
    @Test func poissonTicksCoverAsTheyPromiseAndHaveNoBias() async throws {
        let found = try await simulated(ScriptedTimeline.phases(600)) { $0.schedule = .poisson }
        for name in ["hot", "warm", "cool"] {
            let share = try found.share(name)
            let coverage = try #require(share.coverage)
            #expect(try #require(coverage.low) <= 0.96 && #require(coverage.high) >= 0.94, "\(name)")
            let bias = try #require(share.bias)
            #expect(abs(bias.value) < 0.004, "\(name)")
        }
        #expect(found.functions.first?.name == "hot")
        #expect(abs(found.functions.reduce(0) { $0 + $1.share.truth } - 1) < 1e-9)
    }

    /// One tick in every interval is far better where phases outlast intervals, and its interval knows.
    @Test func jitteredTicksAreNarrowerWherePhasesAreLong() async throws {
        let timeline = ScriptedTimeline.phases(600)
        let jittered = try await simulated(timeline) { $0.rate = 5000 }.share("hot")
        let poisson = try await simulated(timeline) { ($0.rate, $0.schedule) = (5000, .poisson) }.share("hot")
        #expect(try #require(jittered.width) < 0.7 * #require(poisson.width))
        #expect(try #require(jittered.coverage).value >= 0.94)
    }

    /// At a fixed phase all ticks but the probes see the same part of every period.
    @Test func periodicTicksInStepAreBiased() async throws {
        let timeline = ScriptedTimeline.lockstep(500)
        let early = try await simulated(timeline, times: 60) { ($0.schedule, $0.phase) = (.periodic, 0) }.share("front")
        #expect(try #require(early.bias?.low) > 0.5)
        #expect(early.coverage == nil && early.width == nil)
        let late = try await simulated(timeline, times: 60) { ($0.schedule, $0.phase) = (.periodic, 0.5) }.share(
            "front")
        #expect(try #require(late.bias?.high) < -0.2)
        let chance = try await simulated(timeline, times: 60) { $0.schedule = .jittered }.share("front")
        #expect(abs(try #require(chance.bias).value) < 0.01)
    }

    @Test func aScanFindsTheRatesThatAreInStep() async throws {
        let simulation = Simulation(ScriptedTimeline.lockstep(500), isCompensated: false, settings())
        let found = try await simulation.aliasing([930, 1000, 2000], times: 40)
        #expect(found.first?.rate == 1000)
        #expect(!found.contains { $0.rate == 930 })
    }

    @Test func theSameSeedGivesTheSame() async throws {
        let timeline = ScriptedTimeline.phases(100)
        #expect(try await simulated(timeline, times: 50) == simulated(timeline, times: 50))
    }

    @Test func aTimelineIsCutOrRepeated() async throws {
        var script = ScriptedTimeline()
        script.add("main first", 100_000_000)
        script.add("main second", 300_000_000)
        let cut = try await simulated(script.finished, times: 20) { $0.seconds = 0.2 }
        #expect(try cut.share("first").truth == 0.5)
        let repeated = try await simulated(script.finished, times: 20) { $0.seconds = 0.5 }
        #expect(try repeated.share("first").truth == 0.4)
        #expect(abs(try #require(repeated.share("first").mean) - 0.4) < 0.01)
        #expect(repeated.caveats.contains { $0.code == "timeline-repeated" })
    }
}

/// Where the interpreter hands the GIL over.
@Suite struct GILGatingTests {
    /// The talk's sampler says 71.5, 28.5 and 0 % of lines 10, 8 and 7 where 85.8, 9.2 and 5.0 % are true, as measured with as
    /// many numbers.
    @Test func theSievesLongCallsAreMissedAndStraightLinesNeverSeen() async throws {
        let timeline = ScriptedTimeline.sieve(
            5_000_000, nanosecondsANumber: (line7: 19, line8: 35, line9: 25, strike: 130))
        let found = try await simulated(timeline, times: 20) { $0.design = .gil }
        #expect(try abs(found.line(10).truth - 0.858) < 0.02)
        #expect(try abs(#require(found.line(10).mean) - 0.715) < 0.03)
        #expect(try abs(#require(found.line(8).mean) - 0.285) < 0.03)
        for line in [7, 9] { #expect(try #require(found.line(line).mean) == 0) }
        #expect(found.caveats.contains { $0.code == "instants-not-ours" })
        #expect(found.ticks * 0.005 <= found.sampler.seconds * 1.01)
    }

    /// A thread that waits has given the GIL away.
    @Test func aSleepIsSeenAsItIs() async throws {
        var script = ScriptedTimeline()
        for _ in 0..<50 {
            script.add("main C sleep", 40_000_000)
            for _ in 0..<100 { script.add("main:3", 50_000); script.add("main:4", 50_000) }
        }
        let found = try await simulated(script.finished, times: 50) { $0.design = .gil }
        let sleep = try found.share("sleep")
        #expect(sleep.truth == 0.8)
        #expect(try #require(sleep.mean) > 0.85)
    }
}

@Suite struct TornReadsTests {
    /// Two callers that never call each other's functions, and take turns every 20 µs.
    private var turns: Timeline {
        var script = ScriptedTimeline()
        for _ in 0..<20_000 {
            script.add("main a inner", 20_000)
            script.add("main b outer", 20_000)
        }
        return script.finished
    }

    @Test func stacksThatCannotBeComeWithTheTimeOfReading() async throws {
        let slow = try await simulated(turns, times: 20) { $0.torn = 10e-6 }
        #expect(try #require(slow.impossible) > 0.1)
        let quick = try await simulated(turns, times: 20) { $0.torn = 1e-6 }
        #expect(try #require(quick.impossible) < slow.impossible ?? 0)
        #expect(slow.functions.allSatisfy { $0.total.mean == nil })
    }

    @Test func aProgramThatStandsStillIsReadWhole() async throws {
        #expect(try await simulated(turns, times: 5).impossible == nil)
    }
}

@Suite struct ReplayLossTests {
    @Test func whatIsLostWidensTheInterval() async throws {
        let timeline = ScriptedTimeline.phases(600)
        let whole = try await simulated(timeline, times: 100)
        let lossy = try await simulated(timeline, times: 100) { $0.loss = .random(0.2) }
        #expect(abs(lossy.ticks / whole.ticks - 0.8) < 0.02)
        #expect(try #require(lossy.share("hot").width) > #require(whole.share("hot").width))
        #expect(abs(try #require(lossy.share("hot").bias).value) < 0.01)
    }

    @Test func aRunsOwnGapsAreReplayed() async throws {
        var profile = Profile(design: "signal", kind: .sampling)
        profile.ledger = Ledger()
        profile.ledger?.due = 10
        for tick in [0, 1, 2, 3, 4, 5, 8] {
            profile.samples.append(Sample(stack: .empty, thread: 0, tick: tick, count: 1, nanoseconds: 1))
        }
        let loss = try #require(ReplayLoss(of: profile))
        #expect(abs(loss.part - 0.3) < 1e-12)
        var replayed = ReplayedLoss(loss, seed: 3)
        let lost = (0..<20).map { _ in replayed.next() }
        #expect(lost.count { $0 } == 6 && Array(lost.prefix(10)) == Array(lost.suffix(10)))
        #expect(ReplayLoss(of: Profile(design: "setprofile", kind: .tracing)) == nil)
    }

    /// Each process numbers its own ticks.
    @Test func gapsOfProcessesAreTheirOwn() throws {
        var profile = Profile(design: "signal", kind: .sampling)
        for process in 0..<2 {
            var ledger = Ledger()
            ledger.due = 4
            var life = ProcessLife(id: Int64(process), name: "", start: 0, seconds: 1)
            life.ledger = ledger
            profile.processes.append(life)
            profile.threads.append(ThreadLife(id: 1, name: "", nanoseconds: 4, process: process))
            for tick in 0..<(4 - process) {
                profile.samples.append(Sample(stack: .empty, thread: process, tick: tick, count: 1, nanoseconds: 1))
            }
        }
        #expect(ReplayLoss(of: profile)?.part == 1.0 / 8)
    }

    @Test func aTimelineInWhichNothingTakesTimeIsRefused() async {
        var script = ScriptedTimeline()
        script.add("main hot", 0)
        await #expect(throws: (any Error).self) { try await simulated(script.finished, times: 2) }
    }
}
