import Analysis
import ProfileModel
import Testing

/// A run that goes on, as its ticks come in.
@Suite struct LiveSharesTests {
    private static let script = "/tmp/p.py"

    /// `main` calls `hot` on line 2 and `cold` on line 3; `hot` calls a C function.
    private struct Run {
        var profile = Profile(design: "signal", kind: .sampling)
        let hot: StackID
        let inC: StackID
        let cold: StackID

        init(_ schedule: Schedule? = .jittered, clock: Clock = .wall) {
            profile.schedule = schedule
            profile.clock = clock
            var symbols = SymbolInterning()
            func location(_ name: String, _ line: Int, file: String? = script) -> LocationID {
                symbols.intern(Function(name: name, qualname: name, file: file, line: 1), line: line)
            }
            let main = profile.stacks.push(location("main", 2), onto: .empty)
            hot = profile.stacks.push(location("hot", 10), onto: main)
            inC = profile.stacks.push(location("sorted", 0, file: nil), onto: hot)
            cold = profile.stacks.push(location("cold", 20), onto: main)
            (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
            profile.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: 0)]
        }

        func findings(_ ticks: [WatchedTick], by view: LiveView = .function, rows: Int = 20) -> LiveFindings {
            var shares = LiveShares()
            // As they come: in pieces.
            for at in stride(from: 0, to: ticks.count, by: 7) { shares.add(Array(ticks[at...].prefix(7)), of: profile) }
            return shares.findings(by: view, rows: rows, of: profile)
        }

        func tick(_ stack: StackID, lost: Int = 0) -> WatchedTick {
            WatchedTick(seen: [.init(stack: stack, thread: 0)], lost: lost)
        }

        /// 5 of 10 in C, 4 in `hot` itself, 1 in `cold`; `count` times.
        func ticks(_ count: Int) -> [WatchedTick] {
            (0..<count).flatMap { _ in [hot, inC, hot, inC, cold, inC, hot, inC, hot, inC].map { tick($0) } }
        }
    }

    @Test func sharesAreOfFunctionsLinesAndThreads() {
        let run = Run()
        let functions = run.findings(run.ticks(100))
        #expect(functions.rows.map(\.name) == ["sorted", "hot", "cold"])
        #expect(functions.rows.map(\.share.share) == [0.5, 0.4, 0.1])
        #expect(functions.ticks == 1000 && functions.certainty == .sequence && functions.more == 0)
        let lines = run.findings(run.ticks(100), by: .line)
        #expect(lines.rows.map(\.line) == [10, 20] && lines.rows.map(\.share.share) == [0.9, 0.1])
        let threads = run.findings(run.ticks(100), by: .thread)
        #expect(threads.rows.map(\.name) == ["main thread"] && threads.rows[0].share.share == 1)
        #expect(threads.rows[0].isCertain)
    }

    @Test func intervalsTightenAndTheOrderBecomesCertain() throws {
        let run = Run()
        let reaches = [2, 20, 200, 2000].compactMap { run.findings(run.ticks($0)).reach }
        #expect(reaches.count == 4 && reaches == reaches.sorted(by: >))
        #expect(run.findings(run.ticks(2)).rows.allSatisfy { !$0.isCertain })
        #expect(run.findings(run.ticks(2000)).rows.map(\.isCertain) == [true, true, true])
        for row in run.findings(run.ticks(20)).rows {
            let (low, share, high) = try (#require(row.share.low), #require(row.share.share), #require(row.share.high))
            #expect(low < share && share < high)
        }
    }

    /// What is not among the rows may still be greater than the last of them.
    @Test func aRowIsCertainOnlyAgainstAllThatIsNotShown() {
        let run = Run()
        let even = (0..<2000).flatMap { _ in [run.hot, run.cold].map { run.tick($0) } }
        #expect(run.findings(even, rows: 1).rows.map(\.isCertain) == [false])
        #expect(run.findings(even, rows: 1).more == 1)
        #expect(run.findings(run.ticks(2000), rows: 1).rows.map(\.isCertain) == [true])
    }

    @Test func lostTicksWidenAsFarAsTheyCouldMatter() throws {
        let run = Run()
        let whole = try #require(run.findings(run.ticks(500)).rows.first?.share)
        let lossy = try #require(
            run.findings(run.ticks(500) + (0..<500).map { _ in WatchedTick(seen: [], lost: 1) }).rows.first?.share)
        #expect(lossy.share == whole.share)
        let (low, high) = try (#require(lossy.low), #require(lossy.high))
        #expect(low < 0.46 && high > 0.54)
    }

    @Test func whereNoIntervalIsValidThereIsNone() {
        var others = [Run(.periodic), Run(nil), Run(.jittered)]
        others[2].profile.instantsAreOwn = false
        let certainties: [LiveFindings.Certainty] = [.periodic, .unknownSchedule, .instantsNotOurs]
        for (run, certainty) in zip(others, certainties) {
            let findings = run.findings(run.ticks(500))
            #expect(findings.certainty == certainty && findings.reach == nil)
            #expect(findings.rows.allSatisfy { $0.share.low == nil && !$0.isCertain && $0.share.share != nil })
        }
    }

    @Test(arguments: [Run(.poisson), Run(.poisson, clock: .cpu), Run(.jittered, clock: .cpu)])
    private func otherSchedulesAndClocksHaveTheirs(_ run: Run) throws {
        let reach = try #require(run.findings(run.ticks(1000)).reach)
        #expect(reach > 0.005 && reach < 0.05)
    }

    @Test func nothingSeenIsNothingShown() {
        let findings = Run().findings([])
        #expect(findings.rows.isEmpty && findings.reach == nil)
    }
}
