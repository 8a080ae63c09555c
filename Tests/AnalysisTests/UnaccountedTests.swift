import Capture
import ProfileModel
import Testing

@testable import Analysis

/// What is in no figure, from accounts as the kernel would give them.
@Suite struct UnaccountedTests {
    @Test func stacksAreCutWhereSamplersHaveNoMoreRoom() { #expect(Unaccounted.deepest == StackRoom.largestDepth) }

    /// One second of one thread that ran all the time.
    private func profile(_ kind: Kind = .sampling, _ change: (inout ProcessAccount) -> Void) -> Profile {
        var profile = Planted.profile(
            kind == .sampling ? "signal" : "setprofile", kind, [("main:1 f:2", 1_000_000_000, 1)])
        var account = ProcessAccount(start: 0, end: 1_000_000_000, isClosed: true)
        (account.secondsBefore, account.secondsAfter) = (0.02, 0.005)
        (account.cpuSeconds, account.followedCPUSeconds) = (1, kind == .sampling ? 1 : nil)
        change(&account)
        profile.account = account
        return profile
    }

    private func unaccounted(_ kind: Kind = .sampling, lostNames: Double = 0, _ change: (inout ProcessAccount) -> Void)
        throws -> Unaccounted
    {
        try #require(Unaccounted([profile(kind, change)], lostNames: lostNames))
    }

    private func isClose(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-9 } ?? false }

    @Test func nothingIsMissingOfAQuietRun() throws {
        let whole = try unaccounted { _ in }
        #expect(whole.share == 0 && whole.reasons.isEmpty && whole.caveat == nil && whole.isNothing)
        #expect(Unaccounted([Planted.profile("py-spy", .sampling, [("main:1", 1, 1)])], lostNames: 0) == nil)
    }

    @Test func childrenCountByTheirCPUTime() throws {
        let with = try unaccounted { ($0.childProcesses, $0.childCPUSeconds) = (2, 3) }
        #expect(
            isClose(with.share, 0.75) && with.childProcesses == 2 && with.childCpuSeconds == 3
                && isClose(with.cpuSeconds, 3))
        #expect(with.reasons.map(\.code) == [.children] && isClose(with.reasons[0].share, 0.75))
        #expect(
            with.caveat?.text.contains("75.0 %") == true
                && with.caveat?.text.contains("child processes (2 or more)") == true)
    }

    /// What neither the threads that are followed nor those that were seen beside them used is in no thread that is known.
    @Test func theRestIsUnknown() throws {
        let with = try unaccounted { ($0.cpuSeconds, $0.otherThreads, $0.otherCPUSeconds) = (2, 3, 0.6) }
        #expect(with.reasons.map(\.code) == [.nativeThreads, .unknown])
        #expect(isClose(with.reasons[0].share, 0.3) && isClose(with.reasons[1].share, 0.2) && isClose(with.share, 0.5))
        // A tracer does not time threads, and so knows of no rest.
        #expect(
            try unaccounted(.tracing) { ($0.cpuSeconds, $0.otherThreads, $0.otherCPUSeconds) = (2, 3, 0.6) }.reasons
                .map(\.code) == [.nativeThreads])
    }

    @Test(
        arguments: [
            (true, 0.019, nil), (true, 1.0, .endNotSeen), (false, 0.05, .endNotSeen), (false, 1.0, .logEndedEarly),
        ] as [(Bool, Double, Unaccounted.Code?)])
    func timeBehindTheProfile(isClosed: Bool, seconds: Double, code: Unaccounted.Code?) throws {
        let with = try unaccounted { ($0.isClosed, $0.secondsAfter) = (isClosed, seconds) }
        #expect(with.reasons.map(\.code) == [code].compactMap { $0 })
        #expect(
            isClose(with.share, code == nil ? 0 : seconds / (1 + seconds))
                && isClose(with.wallSeconds, code == nil ? 0 : seconds))
    }

    /// A program that replaced the hook after a second of its three.
    @Test func aLostHookCountsByTheTimeThatNoThreadWasTraced() throws {
        var run = profile(.tracing) { $0.end = 3_000_000_000 }
        run.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: 1_000_000_000)]
        #expect(Unaccounted([run], lostNames: 0)?.share == 0)
        run.caveats = [Caveat(code: "profile-function-replaced", text: "the program set its own profile function")]
        let lost = try #require(Unaccounted([run], lostNames: 0))
        #expect(lost.reasons.map(\.code) == [.callsLost] && isClose(lost.reasons[0].share, 2.0 / 3))
        #expect(isClose(lost.share, 2.0 / 3) && isClose(lost.wallSeconds, 2) && !lost.isNothing && lost.isKnown)
    }

    /// A reason without a share may stand for any part, so nobody may say that nothing is missing.
    @Test func whatCannotBeTimedIsNotNothing() throws {
        var run = profile { _ in }
        run.caveats = [Caveat(code: "subinterpreters", text: "the program made another interpreter")]
        let some = try #require(Unaccounted([run], lostNames: 0))
        #expect(some.isTolerable && !some.isKnown && !some.isNothing)
    }

    @Test func aSamplerThatSawNothingAccountsForNothing() throws {
        var run = profile { _ in }
        var ledger = Ledger()
        ledger.due = 1000
        run.ledger = ledger
        #expect(Unaccounted([run], lostNames: 0)?.share == 0)
        run.samples = []
        let nothing = try #require(Unaccounted([run], lostNames: 0))
        #expect(nothing.share == 1 && nothing.reasons.map(\.code) == [.unknown] && nothing.wallSeconds == 1)
    }

    @Test func timeBeforeTheProfile() throws {
        #expect(try unaccounted { $0.secondsBefore = 0.09 }.share == 0)
        #expect(isClose(try unaccounted { $0.secondsBefore = 1 }.share, 0.5))
    }

    @Test func lostNamesArePartOfWhatIsLeft() throws {
        let with = try unaccounted(lostNames: 0.2) { ($0.childProcesses, $0.childCPUSeconds) = (1, 1) }
        #expect(isClose(with.share, 0.5 + 0.5 * 0.2) && with.reasons.map(\.code) == [.children, .namesLost])
    }

    /// Half of the samples are as deep as stacks are kept: their roots may be anywhere.
    @Test func cutStacksRaiseTotalsAndAreSaid() throws {
        var run = PlantedRun()
        let (deep, flat) = (run.stack(Array(repeating: "f:2", count: 2048)), run.stack("main:1", "g:3"))
        run.ticks((0..<400).map { $0 < 200 ? deep : flat })
        run.ledger(due: 400)
        run.profile.account = profile { _ in }.account
        let findings = try run.findings()
        let main = try findings.function("main")
        #expect(isClose(main.total.share, 0.5) && main.total.high == 1 && main.total.worstHigh == 1)
        #expect(try #require(main.total.low) < 0.5)
        #expect(try #require(findings.function("g").`self`.high) < 0.6)
        #expect(try run.findings(within: "main").function("g").total.high == 1)
        #expect(findings.unaccounted?.share == 0 && findings.unaccounted?.isNothing == false)
        #expect(findings.caveats.first { $0.code == "stacks-cut" }?.text.hasPrefix("50.0 %") == true)
    }

    @Test func whatIsUnaccountedForWidensTheWorstCase() throws {
        var profile = profile { ($0.childProcesses, $0.childCPUSeconds) = (1, 1) }
        profile.samples = (0..<100).map {
            Sample(
                stack: profile.samples[0].stack, thread: 0, tick: $0, instant: Int64($0), count: 1,
                nanoseconds: 10_000_000)
        }
        var ledger = Ledger()
        (ledger.due, ledger.taken) = (100, 100)
        profile.ledger = ledger
        let findings = try RunAnalysis.findings(of: profile)
        let f = try #require(findings.functions.first { $0.name == "f" })
        #expect(isClose(f.`self`.share, 1) && isClose(f.`self`.worstLow, 0.5) && isClose(f.`self`.worstHigh, 1))
        #expect(findings.caveats.contains { $0.code == "unaccounted" })
        // Shares of one function's time are of what was seen of it.
        let within = try RunAnalysis.findings(of: profile, within: "f")
        #expect(isClose(within.functions.first?.`self`.worstLow, 1))
    }

    @Test func severalRunsAreOneAccount() throws {
        let both = try #require(
            Unaccounted([profile { _ in }, profile { ($0.childProcesses, $0.childCPUSeconds) = (1, 2) }], lostNames: 0))
        #expect(isClose(both.share, 0.5) && both.childProcesses == 1)
    }
}
