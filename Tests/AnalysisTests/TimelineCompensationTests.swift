import ProfileModel
import Testing

@testable import Analysis

/// `main` calls `f` twice, and C's `len` once from its first line on.
private struct RecordedCalls {
    let timeline: Timeline
    /// The same as a tracer's profile.
    let profile: Profile

    init(_ costs: ProbeCosts) {
        var planted = Planted("evalframe", .tracing)
        planted.add("main:0", 1700 + 900, calls: 0)
        planted.add("main:0 f:0", 1200, calls: 2)
        planted.add("main:0 len", 400, calls: 1)
        var run = planted.living(4200)
        run.probeCosts = costs
        profile = run
        let stacks = run.samples.map { Int32($0.stack.index) }
        var thread = Timeline.Thread()
        for (stack, length) in [(0, 1000), (1, 500), (0, 300), (1, 700), (0, 400), (2, 400), (0, 900)] {
            thread.append(stacks[stack], from: thread.end, to: thread.end + Int64(length))
        }
        timeline = Timeline(run: run, threads: [thread])
    }
}

private func costs(_ values: [(ProbeCosts.Parameter, Double)]) -> ProbeCosts {
    ProbeCosts(
        parameters: values.map(\.0), values: values.map(\.1),
        covariance: values.indices.map { row in values.indices.map { $0 == row ? 1 : 0 } }, degreesOfFreedom: 5,
        processes: 6)
}

@Suite struct TimelineCompensationTests {
    private let calibrated = costs([
        (.pythonInside, 100), (.pythonOutside, 60), (.cInside, 20), (.cOutside, 30), (.stretch, 1.25),
    ])

    /// What is taken from the stretches is what a report takes from the stacks.
    @Test func timesAreThoseOfTheReport() throws {
        let calls = RecordedCalls(calibrated)
        let times = try #require(calls.timeline.compensated()).stackTimes
        let load = CompensatedLoad(
            calls.profile, calibrated, holds: Array(repeating: true, count: calls.profile.stacks.count))
        for (found, reported) in zip(times, load.value) { #expect(abs(found - reported) < 8) }
        #expect(times[Int(calls.timeline.threads[0].stacks[1])] < 810)
    }

    @Test func aStretchShorterThanItsCostsLeavesTheRestToTheNext() throws {
        let calls = RecordedCalls(costs([(.pythonInside, 1100), (.pythonOutside, 0)]))
        let thread = try #require(calls.timeline.compensated()).threads[0]
        #expect(zip(thread.begins, thread.begins.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(thread.count == 7 && thread.life == 4200 - 2200)
    }

    @Test func whatIsNotCalibratedStaysAsMeasured() {
        var timeline = RecordedCalls(calibrated).timeline
        timeline.threads.append(timeline.threads[0])
        #expect(timeline.compensated() == nil)
        timeline.threads.removeLast()
        timeline.run.probeCosts?.checks = CompensationChecks(
            programs: 12, measured: 0.01, compensated: 0.02, unexplained: 0.1)
        #expect(timeline.compensated() == nil)
        timeline.run.probeCosts = nil
        #expect(timeline.compensated() == nil)
    }
}
