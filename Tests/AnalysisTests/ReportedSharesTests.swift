import ProfileModel
import Testing

@testable import Analysis

@Suite("What a profile reports")
struct ReportedSharesTests {
    @Test func sharesAreOfTheTimeWithin() throws {
        var run = PlantedRun()
        let work = run.stack("<module>:9", "main:3", "work:31")
        let rest = run.stack("<module>:9", "main:4")
        let before = run.stack("<module>:1")
        run.ticks([before] + Array(repeating: work, count: 30) + Array(repeating: rest, count: 10))
        let reported = try ReportedShares(run.profile, within: "main")
        #expect(reported.functions["work"]?.share == 0.75 && reported.lines[3]?.share == 0.75)
        #expect(reported.looks == 40 && reported.hasIntervals)
        #expect(try #require(reported.functions["work"]?.low) < 0.75)
        let seconds = try #require(reported.seconds["work"])
        #expect(abs(seconds - 30.0 / 41) < 1e-9)
    }

    @Test func aToolThatTellsTotalsAloneIsReadByThem() throws {
        var run = PlantedRun(.tracing)
        run.node(run.stack("main:0"), calls: 1, nanoseconds: 200_000_000)
        run.node(run.stack("work:0"), calls: 5, nanoseconds: 600_000_000)
        run.profile.inclusive = InclusiveTimes(functions: [800_000_000, 600_000_000])
        let reported = try ReportedShares(run.profile, within: "main")
        #expect(isClose(reported.functions["work"]?.share, 0.75) && reported.looks == nil && !reported.hasIntervals)
        #expect(isClose(reported.secondsWithin, 0.8) && reported.lines.isEmpty)
    }

    /// Each text that is compiled has a name of its own, as in `compile(text, f"<made {number}>", "exec")`.
    @Test func aFunctionThatIsMadeAgainAndAgainIsOne() throws {
        var run = PlantedRun()
        let made = ["made", "again"].map { run.stack("<module>:9", "main:3", "\($0):2") }
        let rest = run.stack("<module>:9", "main:4")
        for index in run.profile.functions.indices where ["made", "again"].contains(run.profile.functions[index].name) {
            let name = run.profile.functions[index].name
            run.profile.functions[index] = Function(name: "made", qualname: "made", file: "<\(name)>", line: 2)
        }
        run.ticks((0..<100).map { $0 < 30 ? made[0] : $0 < 60 ? made[1] : rest })
        let reported = try ReportedShares(run.profile, within: "main")
        #expect(isClose(reported.functions["made"]?.share, 0.6) && isClose(reported.seconds["made"], 0.6))
    }

    @Test func whatIsNotKnownIsSaid() {
        var run = PlantedRun()
        run.ticks([run.stack("other:1")])
        #expect(throws: AnalysisError.self) { try ReportedShares(run.profile, within: "main") }
        run.profile.inclusive = InclusiveTimes(functions: nil)
        let error = #expect(throws: AnalysisError.self) { try ReportedShares(run.profile, within: "main") }
        #expect(error?.description.contains("time with callees of 'main'") == true)
    }

    @Test func ticksOfSeveralThreadsAreLooksOnce() throws {
        var run = PlantedRun(threads: [1_000_000_000, 1_000_000_000])
        let (one, other) = (run.stack("main:1", "a:2"), run.stack("main:1", "b:2"))
        for number in 0..<20 { run.tick(number, one, other) }
        #expect(try ReportedShares(run.profile, within: "main").looks == 20)
    }

    /// austin writes microseconds where others count.
    @Test func timesInThePlaceOfCountsAreNoLooks() throws {
        var run = PlantedRun()
        run.profile.samples = [
            Sample(stack: run.stack("main:1"), thread: 0, count: 50_000, nanoseconds: 50_000_000)
        ]
        #expect(try ReportedShares(run.profile, within: "main").looks == 50)
        run.profile.samples[0].count = 7
        #expect(try ReportedShares(run.profile, within: "main").looks == 7)
    }
}
