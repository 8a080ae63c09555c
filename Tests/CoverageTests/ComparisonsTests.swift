import Running
import Synchronization
import Testing

@testable import swprof_coverage

/// Passes that take as long as they are many, but for a noise that repeats; the start takes a second.
private func starter(failing: Int? = nil) -> ScriptedStarter {
    let count = Mutex(0)
    return ScriptedStarter(control: { workload, _ in
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number == failing { throw RunningError.failed("passes.py ended with status 1") }
        let seconds = (Double(workload.arguments[0]) ?? 0) / 100 * (1 + Double(number % 7) / 100)
        return PlainRun(seconds: 1 + seconds, output: #"{"passes": 1, "seconds": \#(seconds)}"#)
    })
}

@Suite(.serialized) struct ComparisonsTests {
    private func experiment(of comparisons: Int, _ starter: ScriptedStarter) throws -> Experiment {
        var extent = Extent.tiny
        extent.comparisons = comparisons
        return try CoverageTests.experiment(starter, extent: extent)
    }

    @Test func intervalsOfRealRoundsAreHeldToWhatWasPlanted() async throws {
        let experiment = try experiment(of: 200, starter())
        try await RealComparisons().measure(in: experiment)
        let rows = try RealComparisons().rows(from: experiment.store)
        #expect(rows.map(\.from) == ["200 comparisons of 4 rounds", "200 comparisons of 4 rounds"])
        #expect(rows.map(\.verdict) == [.met, .met])
    }

    @Test func anInterruptedComparisonGoesOnWithItsNextRound() async throws {
        let experiment = try experiment(of: 2, starter(failing: 11))
        await #expect(throws: RunningError.self) { try await RealComparisons().measure(in: experiment) }
        #expect(try RealComparisons().rows(from: experiment.store).isEmpty)
        var going = experiment
        let second = starter()
        going.starter = second
        try await RealComparisons().measure(in: going)
        #expect(second.starts.count == 3 * (8 - 3))
        #expect(try RealComparisons().rows(from: going.store).map(\.verdict) == [.undecided, .undecided])
    }
}
