import Analysis
import Reports
import Testing

@Suite("Single runs compared")
struct RunDifferencesTests {
    static func compare(p: Double) -> CompareFindings {
        CompareFindings(
            program: ["sieve.py"], python: "3.11.2", runs: 1, clock: .wall,
            differences: [
                RunDifference(
                    a: "old.pb.gz", b: "new.pb.gz", by: .function, function: "main", file: Sieve.file, line: 14,
                    shareA: 0.30, shareB: 0.331, difference: Interval(mean: 0.031, low: 0.02, high: 0.042),
                    unadjustedP: p / 2, p: p)
            ])
    }

    private func terminal(_ findings: CompareFindings) -> String {
        TerminalReport.compare(findings, options: TerminalOptions(paths: Sieve.paths), source: Sieve.source)
    }

    @Test func whatIsBeyondChanceIsShownWithItsInterval() throws {
        let sentence =
            "main sieve.py:14: old.pb.gz 30.0 %, new.pb.gz 33.1 %: +3.1 points [2.0, 4.2], p = 0.010 for these two runs"
        #expect(
            terminal(Self.compare(p: 0.01)).split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
                .contains(sentence))
        #expect(
            try HTMLReport.compare(Self.compare(p: 0.01), flames: [], source: Sieve.source, paths: Sieve.paths)
                .contains(sentence))
    }

    /// No p of single runs without what it does not show.
    @Test func repeatsDifferToo() throws {
        let sentence = "repeats of one program differ too"
        #expect(
            terminal(Self.compare(p: 0.0001)).split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                sentence))
        #expect(
            try HTMLReport.compare(Self.compare(p: 0.0001), flames: [], source: Sieve.source, paths: Sieve.paths)
                .contains(sentence))
        var findings = Self.compare(p: 0.0001)
        findings.agreement = [
            Agreement(
                a: "a", b: "b", by: .function, resolution: "x", totalVariation: 0.2, noiseFloor: 0.01, p: 0.0001,
                estimand: .thisRun)
        ]
        #expect(terminal(findings).contains("p < 0.001 for these two runs"))
    }

    @Test func whatIsNotIsLeftOut() throws {
        #expect(terminal(Self.compare(p: 0.3)).contains("no difference that this much data could show"))
        let html = try HTMLReport.compare(Self.compare(p: 0.3), flames: [], source: Sieve.source, paths: Sieve.paths)
        #expect(html.contains("Nowhere that this much data could show.") && !html.contains("33.1 %"))
    }

    @Test func whyItStoppedIsShown() throws {
        var findings = Sieve.compare
        findings.until = UntilFinding(
            error: 0.01, runs: 20, isReached: true, widest: "the slowdown of signal", halfWidth: 0.0075)
        let sentence =
            "Stopped after 20 runs: every interval is within ±0.0100, the widest being the slowdown of signal: ±0.0075."
        #expect(terminal(findings).replacing("\n", with: " ").contains(sentence))
        #expect(try HTMLReport.compare(findings, flames: [], source: Sieve.source).contains(sentence))
    }
}

@Suite("The plan")
struct PlanReportTests {
    @Test func readsAsASentence() {
        let plan = PlanFindings(share: 0.5, error: 0.01, runs: 1, samplesPerRun: 9604, rate: 1000)
        let text = TerminalReport.plan(plan, options: TerminalOptions())
        #expect(text.contains("To know a share of 50.0 % to within ±1.00 points (95 %):"))
        #expect(text.contains("9,604 samples in 1 run, 9.60 s at 1,000 Hz."))
        #expect(text.contains("--spread"))
    }

    @Test func severalRunsAreToldOneByOneAndTogether() {
        let plan = PlanFindings(
            function: "work", share: 0.3, error: 0.01, designEffect: 0.25, betweenRuns: 0.02, runs: 31,
            samplesPerRun: 520, rate: 500)
        let text = TerminalReport.plan(plan, options: TerminalOptions())
        #expect(text.contains("31 runs of 520 samples, each 1.04 s at 500 Hz; 32.24 s in all."))
        #expect(text.contains("the share of work, 30.0 %,") && text.contains("0.25 times the variance"))
    }
}
