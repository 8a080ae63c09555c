import Analysis
import ProfileModel
import Testing

struct RunTracingTests {
    @Test func timesAsMeasuredAndCallsExact() throws {
        var run = PlantedRun(.tracing, threads: [10_000_000_000])
        run.node(run.stack("main"), calls: 1, nanoseconds: 1_000_000_000)
        run.node(run.stack("main", "fib"), calls: 2, nanoseconds: 3_000_000_000)
        run.node(run.stack("main", "fib", "fib"), calls: 4, nanoseconds: 2_000_000_000)
        run.node(run.stack("main", "fib", "len()"), calls: 9, nanoseconds: 2_000_000_000)
        let findings = try run.findings()
        let fib = try findings.function("fib")
        #expect(fib.calls == 6)
        #expect(isClose(fib.`self`.share, 0.5) && isClose(fib.`self`.seconds, 5))
        #expect(isClose(fib.total.share, 0.7) && isClose(fib.total.seconds, 7))
        #expect(isClose(try findings.function("main").total.share, 0.8))
        #expect(fib.`self`.low == nil && fib.`self`.high == nil && fib.`self`.worstHigh == nil)
        #expect(findings.lines.isEmpty)
        #expect(findings.caveatCodes == ["as-measured"])
    }

    @Test func withinTakesTheMeasuredTimeUnderTheFunction() throws {
        var run = PlantedRun(.tracing, threads: [10_000_000_000])
        run.node(run.stack("start"), calls: 1, nanoseconds: 5_000_000_000)
        run.node(run.stack("start", "main"), calls: 1, nanoseconds: 1_000_000_000)
        run.node(run.stack("start", "main", "work"), calls: 7, nanoseconds: 3_000_000_000)
        let findings = try run.findings(within: "main")
        #expect(isClose(try findings.function("work").`self`.share, 0.75))
        #expect(isClose(try findings.function("work").`self`.seconds, 3))
        #expect(try findings.function("work").calls == 7)
        #expect(try findings.function("start").calls == 0)
    }

    /// A line's hits are no calls of its function, which are told apart.
    @Test func linesWhereTheDesignTellsThem() throws {
        var run = PlantedRun(.tracing)
        run.node(run.stack("main"), calls: 2, nanoseconds: 0)
        run.node(run.stack("main:4"), calls: 30, nanoseconds: 500_000_000)
        run.node(run.stack("main:4", "leaf"), calls: 7, nanoseconds: 0)
        run.node(run.stack("main:4", "leaf:9"), calls: 7, nanoseconds: 250_000_000)
        let findings = try run.findings()
        let line = try findings.line(4)
        #expect(isClose(line.`self`.share, 0.5) && isClose(line.total.share, 0.75))
        #expect(try findings.line(4).hits == 30 && findings.line(9).hits == 7)
        #expect(try findings.function("main").calls == 2 && findings.function("leaf").calls == 7)
    }

    /// 100,000 frames deep, two functions in turn: no recursion of our own, and no square of the depth.
    @Test func veryDeepTrees() throws {
        var run = PlantedRun(.tracing, threads: [100_000])
        var stack = StackID.empty
        _ = run.stack("even", "odd")
        for depth in 0..<100_000 {
            stack = run.profile.stacks.push(LocationID(depth % 2), onto: stack)
            run.node(stack, calls: 1, nanoseconds: 1)
        }
        let findings = try run.findings()
        #expect(isClose(try findings.function("even").total.share, 1))
        #expect(isClose(try findings.function("odd").total.share, 0.99999))
        #expect(isClose(try findings.function("odd").`self`.share, 0.5))
    }
}
