import Analysis
import Capture
import ProfileModel
import Statistics
import Testing

@testable import swprof_coverage

/// Two threads with phases of some intervals, one of them in main for a part of the time only.
private let recorded = RecordedTimeline(threads: [
    .init(
        within: [0, 100_000],
        segments: (0..<20).map {
            .init(function: $0 % 3 == 0 ? "f" : "g", begin: Int64($0) * 5000, end: Int64($0) * 5000 + 4000)
        }),
    .init(
        within: [20_000, 90_000],
        segments: (0..<10).map {
            .init(function: $0 % 2 == 0 ? "f" : "h", begin: 20_000 + Int64($0) * 7000, end: 27_000 + Int64($0) * 7000)
        }),
])

/// The same ticks as the product would see them.
private func profile(_ schedule: TickSchedule, begin: Int64) -> Profile {
    var schedule = schedule
    var ticks: [[String?]] = []
    while true {
        let instant = schedule.next().due - begin
        ticks.append(
            recorded.threads.map { thread in
                guard thread.within[0] <= instant, instant < thread.within[1] else { return "outside" }
                return thread.segments.first { $0.begin <= instant && instant < $0.end }?.function
            })
        if instant >= 100_000 { break }
    }
    var profile = planted(ticks)
    profile.schedule = schedule.kind == .poisson ? .poisson : .jittered
    // A stack outside of main has no main on it.
    let outside = profile.functions.firstIndex { $0.name == "outside" }.map(FunctionID.init)
    var stacks = profile.stacks
    for at in profile.samples.indices {
        guard let leaf = stacks.leaf(of: profile.samples[at].stack), profile.locations[leaf.index].function == outside
        else { continue }
        profile.samples[at].stack = stacks.push(leaf, onto: .empty)
    }
    profile.stacks = stacks
    return profile
}

@Suite struct TickDrawTests {
    /// What a draw adds up to gives the product's own shares and intervals, for every function.
    @Test(arguments: [TickSchedule.Kind.jittered, .poisson], [UInt64(1), 2, 3])
    func aDrawIsWhatTheProductMakesOfTheSameTicks(kind: TickSchedule.Kind, seed: UInt64) throws {
        let schedule = TickSchedule(kind, rate: 1e9 / 250, seed: seed)
        let timeline = Timeline(recorded)
        let draw = TickDraw(of: timeline, by: schedule, begin: 333)
        let findings = try RunAnalysis.findings(of: profile(schedule, begin: 333), within: "main")
        for (function, sums) in zip(timeline.functions, draw.sums) {
            let found = try #require(findings.functions.first { $0.name == function }).total
            let bounds = try #require(
                kind == .poisson ? ShareInterval.poisson(sums, draw.totals) : ShareInterval.jittered(sums, draw.totals))
            #expect(abs(try #require(found.share) - (sums.share(of: draw.totals) ?? -1)) < 1e-12)
            #expect(abs(try #require(found.low) - bounds.low) < 1e-12)
            #expect(abs(try #require(found.high) - bounds.high) < 1e-12)
        }
    }

    @Test func ticksOutsideOfMainWeighNothing() {
        let draw = TickDraw(of: Timeline(recorded), by: TickSchedule(.jittered, rate: 1e9 / 1000, seed: 1), begin: 5000)
        #expect(draw.totals.ticks == 106)
        #expect(draw.totals.w == 170)
        #expect(draw.totals.pairs == 105)
    }
}

@Suite struct DrawTallyTests {
    private func tally(_ kind: TickSchedule.Kind, ticks: Int, draws: Int, seed: UInt64 = 9) -> DrawTally {
        var random = RandomSource(seed: seed)
        var tally = DrawTally(Timeline(recorded))
        for _ in 0..<draws { tally.draw(kind, ticks: ticks, using: &random) }
        return tally
    }

    @Test func poissonCoversAsOftenAsItSays() {
        for function in tally(.poisson, ticks: 300, draws: 500).functions {
            #expect((458...).contains(function.covered))
            #expect(function.widest == 1)
            #expect(abs(function.error / 500) < 0.01)
        }
    }

    @Test func jitteredIsNarrowerThanPoissonOnSlowPhases() {
        for function in tally(.jittered, ticks: 1000, draws: 100).functions {
            #expect(function.covered >= 94)
            #expect(function.width < 0.5 * function.poissonWidth)
            #expect(function.widest <= 1 + 1e-9)
        }
    }

    @Test func theSameSeedDrawsTheSame() {
        #expect(
            tally(.poisson, ticks: 50, draws: 10).functions.map(\.width)
                == tally(.poisson, ticks: 50, draws: 10).functions.map(\.width))
        #expect(
            tally(.poisson, ticks: 50, draws: 10).functions.map(\.width)
                != tally(.poisson, ticks: 50, draws: 10, seed: 8).functions.map(\.width))
    }
}
