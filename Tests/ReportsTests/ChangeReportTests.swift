import Analysis
import ProfileModel
import Reports
import Testing

/// What a change did, as people read it.
@Suite struct ChangeReportTests {
    static func place(
        _ name: String, by: Resolution = .function, line: Int? = 4, before: Double, after: Double, width: Double = 0.01,
        verdict: PlaceChange.Verdict, moved: PlaceChange.Moved? = nil, file: String = "sieve.py"
    ) -> PlaceChange {
        let (change, points) = (after - before, (after - before) / 2)
        return PlaceChange(
            by: by, qualname: name, file: file, path: Sieve.file, line: line, lineBefore: 2,
            own: TimeChange(
                before: before, after: after, change: Interval(mean: change, low: change - width, high: change + width)),
            share: .init(
                before: before / 2, after: after / 2,
                change: Interval(mean: points, low: points - width / 2, high: points + width / 2)),
            total: nil, unadjustedP: 0.001, p: 0.004, verdict: verdict, moved: moved)
    }

    static func change(
        _ functions: [PlaceChange], lines: [PlaceChange] = [], estimand: Estimand = .expectedRun, after: Double = 1.31
    ) -> CompareFindings {
        var findings = CompareFindings(program: ["sieve.py"], python: "3.11.2", runs: 10, clock: .wall)
        findings.change = ChangeFindings(
            before: .init(name: "before", program: ["old/sieve.py"], python: "3.11.2", runs: 10),
            after: .init(name: "after", program: ["sieve.py"], python: "3.11.2", runs: 10),
            duration: DurationChange(
                seconds: TimeChange(
                    before: 1.92, after: after, change: Interval(mean: after - 1.92, low: -0.7, high: -0.5)),
                ratio: Ratio(ratio: after / 1.92, low: after / 1.92 - 0.03, high: after / 1.92 + 0.04),
                p: after == 1.31 ? 0.001 : 0.6),
            functions: functions, lines: lines, selfTest: Ratio(ratio: 1.002, low: 0.99, high: 1.01),
            estimand: estimand, interval: "Student's t over 10 rounds")
        findings.caveats = [Caveat(code: "output-differs", text: "The versions write different outputs.")]
        return findings
    }

    static let usual = change(
        [
            place("eratosthenes", before: 1.5, after: 1.1, verdict: .less),
            place("main", line: 14, before: 0.1, after: 0.05, verdict: .less),
            place(
                "helper", line: 30, before: 0, after: 0.2, verdict: .moved,
                moved: .init(seconds: 0.2, isHere: true, functions: ["work"])),
            place(
                "work", line: 20, before: 0.3, after: 0.1, verdict: .moved,
                moved: .init(seconds: 0.2, isHere: false, functions: ["helper"])),
            place("<module>", line: 1, before: 0.02, after: 0.021, verdict: .withinChance),
        ],
        lines: [place("eratosthenes", by: .line, line: 10, before: 1.2, after: 0.8, verdict: .less)])

    static func text(_ findings: CompareFindings, width: Int = 100, top: Int? = nil) -> String {
        var options = TerminalOptions(width: width, paths: Sieve.paths)
        if let top { options.top = top }
        return TerminalReport.compare(findings, options: options, source: Sieve.source)
    }

    static func words(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    @Test(arguments: [80, 120]) func readsAsKept(width: Int) throws {
        try expectGolden(Self.text(Self.usual, width: width), "change-\(width).txt")
    }

    @Test func theVerdictIsTheFirstSentence() throws {
        let sentence =
            "The new version takes 1.31 s where the old one takes 1.92 s: 32 % less [28, 35]; "
            + "`eratosthenes` (sieve.py:4) −0.40 s is most of it, `main` (sieve.py:14) −50.0 ms; 0.20 s moved from `work` to "
            + "`helper`; nothing else changed that chance does not explain."
        #expect(Self.words(Self.text(Self.usual)).hasPrefix(sentence))
        let html = try HTMLReport.compare(Self.usual, flames: [], source: Sieve.source, paths: Sieve.paths)
        #expect(html.replacing("<code>", with: "`").replacing("</code>", with: "`").contains(sentence))
        #expect(html.contains("non_primes.update(range(i * i, n, i))"))
        #expect(!html.contains("Where they disagree") && html.contains("1 other function: +1.0 ms, which"))
    }

    @Test func whatIsWithinChanceIsCalledSo() {
        let same = Self.change([Self.place("main", before: 1, after: 1.01, verdict: .withinChance)], after: 1.93)
        let text = Self.words(Self.text(same))
        #expect(text.contains("0.5 % more [−2.5, 4.5], which chance explains; no function changed by more than chance"))
        #expect(text.contains("1 function: +10.0 ms, which chance explains"))
    }

    @Test func oneRunOfEachSaysNothingOfTheProgram() {
        let single = Self.change(
            [Self.place("main", before: 1, after: 0.5, verdict: .less)], estimand: .thisRun)
        let text = Self.words(Self.text(single))
        #expect(text.hasPrefix("In these two runs the new version took 1.31 s where the old one took 1.92 s"))
        #expect(text.contains("one run of each cannot tell") && !text.contains("nothing else changed"))
    }

    @Test func whereNoErrorIsKnownItIsSaid() {
        let text = Self.words(
            Self.text(Self.change([Self.place("main", before: 1, after: 0.5, verdict: .cannotTell)], after: 1.93)))
        #expect(
            text.contains("these profiles cannot show which functions changed")
                && text.contains("nothing says how sure that is"))
    }

    @Test func aThousandDifferencesAreCutAndCounted() throws {
        let many = Self.change((0..<1000).map { Self.place("f\($0)", before: 1, after: 0.5, verdict: .less) })
        #expect(Self.text(many, top: 5).contains("and 995 more functions that changed"))
        let html = try HTMLReport.compare(many, flames: [], source: Sieve.source, paths: Sieve.paths)
        #expect(html.contains("and 900 more that changed") && html.utf8.count < 300_000)
    }

    @Test func hostileNamesGiveNoOrders() throws {
        let places = Hostile.texts.map {
            Self.place(
                $0, before: .nan, after: .infinity, verdict: .more,
                moved: .init(seconds: .nan, isHere: true, functions: Hostile.texts), file: $0)
        }
        var findings = Self.change(places, lines: places)
        findings.change?.before.program = Hostile.texts
        findings.change?.interval = Hostile.texts[0]
        let text = Self.text(findings)
        #expect(
            HostileTextTests().orders(in: text).isEmpty && text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        let html = try HTMLReport.compare(findings, flames: [], source: Hostile.source, paths: Sieve.paths)
        #expect(HostileTextTests().orders(in: html).isEmpty && !html.contains("<img") && !html.contains("<svg onload"))
        #expect(try JSONReport.encode(findings).contains("\"change\""))
    }

    /// A file that was edited since says nothing of the line as it was.
    @Test func aLineIsShownOnlyAsItWas() {
        var line = Self.place("eratosthenes", by: .line, line: 10, before: 1.2, after: 0.8, verdict: .less)
        line.mark = LineMark(text: 1, neighbours: 1)
        let text = Self.text(Self.change([], lines: [line]))
        #expect(!text.contains("non_primes") && text.contains("eratosthenes  sieve.py:10"))
    }
}
