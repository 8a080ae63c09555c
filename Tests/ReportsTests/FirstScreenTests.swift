import Analysis
import ProfileModel
import Reports
import Testing

@Suite("The first screen of a run")
struct FirstScreenTests {
    @Test func readsAsKept() throws {
        try expectGolden(ReportRun.text(), "run-first-screen.txt")
    }

    @Test func namesTheCommandThatItIsOf() {
        var findings = ReportRun.findings()
        #expect(ReportRun.text(findings).hasPrefix("swprof run"))
        findings.audit[Profile.attachedTo] = "process 4711"
        #expect(ReportRun.text(findings).hasPrefix("swprof attach"))
    }

    @Test func readsAsKeptInANarrowTerminal() throws {
        try expectGolden(ReportRun.text(width: 60), "run-first-screen-60.txt")
    }

    @Test func theProgramsAnswerComesBeforeHowSureItIs() throws {
        let text = ReportRun.text()
        let parts = ["is beneath", "Call tree", "Hot lines", "How sure", "ticks taken"]
        let places = try parts.map { try #require(text.firstRange(of: $0)?.lowerBound, "\($0)") }
        #expect(places == places.sorted())
    }

    /// A hundred rows, and the lines and caveats of a large program.
    @Test(arguments: [60, 80, 100, 160])
    func fitsAScreen(width: Int) {
        var tree = ReportRun.tree
        tree.rows += (0..<100).map { number in
            FoldedRow(
                .function, depth: 1, name: "f\(number)", file: ReportRun.file, line: number,
                total: ReportRun.share(0.05, 0.001))
        }
        tree.lines += (0..<100).map { number in
            FoldedLine(
                file: ReportRun.file, line: 100 + number, function: "f\(number)", time: ReportRun.share(0.05, 0.001))
        }
        let text = ReportRun.text(ReportRun.findings(tree), width: width)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 40)
        #expect(lines.count > 30)
        for line in lines { #expect(line.count <= width, "\(line)") }
    }

    @Test func asManyRowsAsAskedForAreShownByWeight() {
        let text = ReportRun.text(top: 4)
        #expect(text.contains("DataFrame.apply  pandas") && !text.contains("json\n"))
        #expect(text.contains("and 4 more rows"))
    }

    @Test func theFirstSentenceSaysWhereTheTimeIs() {
        let text = ReportRun.text()
        #expect(
            text.contains(
                "70 % of 2.00 s is beneath `slow_apply` (report.py:31), 41 % in pandas' `DataFrame.apply`"))
        #expect(text.replacing("\n", with: " ").contains("called from line 33."))
        #expect(
            text.replacing("\n", with: " ").contains(
                "Libraries 40 % (pandas 39 %), own code itself takes 22 %, the standard library 20 %, imports 12 %; 6.0 % was waiting."
            ))
    }

    @Test func ofAFunctionWithoutCallsTheLineIsNamed() {
        var tree = ReportRun.tree
        tree.rows.removeSubrange(3...5)
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("(report.py:31), 35 % on line 33 alone."))
    }

    @Test func aCallThatOnlyWaitsIsOneRow() {
        var tree = ReportRun.tree
        tree.rows[4] = FoldedRow(.waiting, depth: 4, name: "waiting", total: ReportRun.share(0.4))
        let text = ReportRun.text(ReportRun.findings(tree))
        #expect(text.contains("line 33 → DataFrame.apply  pandas, waiting"))
        #expect(text.contains("41 % waiting in pandas' `DataFrame.apply`"))
        #expect(text.contains("waiting: the thread stood still"))
    }

    @Test func aLineThatAlsoWorksIsNoMereWait() {
        var tree = ReportRun.tree
        tree.rows.removeSubrange(3...)
        tree.rows.append(
            FoldedRow(.waiting, depth: 3, name: "waiting", file: ReportRun.file, line: 33, total: ReportRun.share(0.25))
        )
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("(report.py:31), 35 % on line 33 alone."))
        tree.rows[3].total = ReportRun.share(0.34)
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("(report.py:31), 34 % waiting on line 33."))
    }

    /// Where own code runs beneath a library, as coroutines do, it is own code that is named.
    @Test func theFirstSentenceLooksThroughLibraries() {
        var tree = ReportRun.tree
        tree.rows = [
            FoldedRow(.function, depth: 0, name: "<module>", file: ReportRun.file, line: 1, total: ReportRun.share(1)),
            FoldedRow(
                .call, depth: 1, name: "run", file: ReportRun.file, line: 28, package: "asyncio",
                total: ReportRun.share(0.9)),
            FoldedRow(
                .function, depth: 2, name: "slow_apply", file: ReportRun.file, line: 31, total: ReportRun.share(0.8)),
        ]
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("80 % of 2.00 s is beneath `slow_apply`"))
    }

    @Test(arguments: [
        ([0.4, 0.3, 0.2, 0.1], "The order of the three hottest own lines is certain (95 %)."),
        ([0.4, 0.3, 0.2, 0.19], "The order of the two hottest own lines is certain (95 %)."),
        ([0.4, 0.3, 0.29, 0.19], "Which own line is the hottest is certain (95 %)."),
        ([0.4, 0.39, 0.2, 0.1], "Which own line is the hottest, chance may decide."),
    ])
    func orderIsCertainWhereIntervalsAreApart(shares: [Double], sentence: String) {
        var tree = ReportRun.tree
        for (at, share) in shares.enumerated() { tree.lines[at].time = ReportRun.share(share) }
        #expect(ReportRun.text(ReportRun.findings(tree)).replacing("\n", with: " ").contains(sentence))
    }

    /// No sentence that the evidence does not carry.
    @Test func withoutIntervalsNothingIsSaidOfTheOrder() {
        var tree = ReportRun.tree
        for at in tree.lines.indices { (tree.lines[at].time.low, tree.lines[at].time.high) = (nil, nil) }
        let text = ReportRun.text(ReportRun.findings(tree))
        #expect(!text.contains("certain") && !text.contains("chance may"))
    }

    @Test func functionsThatOnlyPassTheirTimeOnAreLeftOut() {
        var tree = ReportRun.tree
        let chain = ["start", "middle", "inner", "last"].enumerated().map { depth, name in
            FoldedRow(
                .function, depth: depth, name: name, file: ReportRun.file, line: depth + 2, total: ReportRun.share(1))
        }
        tree.rows =
            chain
            + [FoldedRow(.function, depth: 4, name: "deep", file: ReportRun.file, line: 9, total: ReportRun.share(0.6))]
        let text = ReportRun.text(ReportRun.findings(tree))
        #expect(text.contains("start  report.py:2") && text.contains("… last  report.py:5"))
        #expect(!text.contains("middle") && !text.contains("inner"))
        tree.rows.removeFirst()
        for at in tree.rows.indices { tree.rows[at].depth -= 1 }
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("inner"))
    }

    @Test func whatIsUnaccountedForIsSaidAtOnce() {
        #expect(!ReportRun.text().contains("unaccounted for"))
    }

    @Test func aFunctionWithoutANameIsNotWhereTheTimeIs() {
        var tree = ReportRun.tree
        tree.rows[4].total = ReportRun.share(0.69)
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("is beneath `slow_apply` (report.py:31)"))
    }

    @Test func thatThereAreFewSamplesIsSaidFirst() {
        var findings = ReportRun.findings()
        findings.caveats = [Caveat(code: "few-samples", text: "Only 3 valid samples: run longer.")]
        #expect(ReportRun.text(findings).split(separator: "\n")[2].hasPrefix("Only 3 valid samples: run longer. 70 %"))
    }

    @Test func aStandInIsSaid() {
        var tree = ReportRun.tree
        tree.standIn = "black"
        #expect(ReportRun.text(ReportRun.findings(tree)).contains("that of black counts as your own"))
    }

    @Test func nothingSeenIsSaid() {
        let text = ReportRun.text(ReportRun.findings(FoldedTree(own: [])))
        #expect(text.contains("Nothing was seen of the program."))
    }
}
