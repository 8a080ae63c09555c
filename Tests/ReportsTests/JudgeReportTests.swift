import Analysis
import Reports
import Testing

@Suite("The judge's cards")
struct JudgeReportTests {
    private static let sampler = JudgeCard(
        name: "signal", version: "0.1.0", python: "3.11.2",
        rows: [
            JudgeRow(
                question: "a heavy tail: all functions together", program: "zipf", group: .accuracy,
                measured: ["totalVariation": .number(0.0081), "floor": .number(0.0074), "p": .number(0.31)],
                bound: 0.01, verdict: .met, asked: "total variation no more than chance, or at most 1 %",
                text: "0.81 % apart; a faultless tool 0.74 %, p = 0.3100"),
            JudgeRow(
                question: "the work of a child process: seconds seen", program: "children", group: .sight,
                measured: ["ratio": .number(0), "low": .number(.nan), "high": .number(nil), "runs": .count(3)],
                bound: 0.2, verdict: .missed, asked: "the seconds within 20 % of the true ones",
                text: "0.00 [0.00, 0.00]"),
        ])

    /// Names that would break out of a cell, a line or a page.
    private static let hostile = JudgeCard(
        name: "py-spy", version: nil, python: "3.11.2",
        rows: [
            JudgeRow(
                question: "every program: a profile of every run", program: nil, group: .sight,
                measured: ["function": .text("<script>")], verdict: .cannotTell, asked: "no run fails",
                text: "it wrote | and \u{1b}[31m\n<b>nothing</b>")
        ])

    private static let findings = JudgeFindings(
        battery: "The judge's battery", quick: true, tools: [sampler, hostile], audit: ["processors": "2"])

    @Test(arguments: [60, 120])
    func everyRowHasItsVerdictOnTheTerminal(width: Int) {
        let text = TerminalReport.judge(Self.findings, options: TerminalOptions(width: width))
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.count <= width } && !text.contains("\u{1b}"))
        #expect(lines[0] == "swprof judge  The judge's battery, short form")
        #expect(lines.contains("signal 0.1.0 · Python 3.11.2") && lines.contains("py-spy · Python 3.11.2"))
        #expect(lines.contains("  met          a heavy tail: all functions together"))
        #expect(lines.contains { $0.hasPrefix("  missed       the work of a child process") })
        #expect(lines.contains { $0.hasPrefix("  cannot tell  every program: a profile") })
    }

    @Test func theJSONHasNullForWhatIsNotKnown() throws {
        let json = try JSONReport.encode(Self.findings)
        for text in [
            "\"schema\" : \"swprof.judge/1\"", "\"high\" : null", "\"low\" : null", "\"bound\" : null",
            "\"version\" : null",
            "\"verdict\" : \"cannot tell\"", "\"runs\" : 3", "\"program\" : null",
        ] {
            #expect(json.contains(text), "\(text)")
        }
    }

    @Test func theMarkdownSaysWhoIsRightAboutWhat() {
        let page = MarkdownReport.judge(Self.findings)
        #expect(page.hasPrefix("# Which profiler to use for what\n"))
        #expect(page.contains("| a heavy tail: all functions together | signal |  |\n"))
        #expect(page.contains("| the work of a child process: seconds seen |  | signal |\n"))
        #expect(page.contains("| every program: a profile of every run |  |  |\n"))
        #expect(page.contains("| a heavy tail: all functions together | met | – |\n"))
        #expect(
            page.contains(
                "- **signal**: wrong about *the work of a child process: seconds seen*; no bound of cost missed.\n"))
        #expect(page.contains("- **py-spy**: nothing found wrong; no bound of cost missed.\n"))
        #expect(page.contains("Measured in the short form"))
    }

    @Test func anAnswerOfSomePythonsNamesThem() {
        var newer = Self.sampler
        newer.python = "3.15.2"
        newer.rows[0].verdict = .missed
        let page = MarkdownReport.judge(JudgeFindings(battery: "b", quick: false, tools: [Self.sampler, newer]))
        #expect(page.contains("| a heavy tail: all functions together | signal (3.11.2) | signal (3.15.2) |\n"))
        #expect(page.contains("| the work of a child process: seconds seen |  | signal |\n"))
        #expect(page.contains("### Python 3.15.2\n\n| question | signal |\n") && !page.contains("short form"))
    }

    @Test func everyRowOfAMarkdownTableHasItsCells() {
        let rows = MarkdownReport.judge(Self.findings).split(separator: "\n").filter { $0.hasPrefix("| cannot tell") }
        #expect(rows.count == 1 && rows[0].replacing("\\|", with: "").count { $0 == "|" } == 5)
        #expect(rows.first?.contains("&lt;b>nothing") == true)
    }

    @Test func theHTMLHasEveryCardAndNoMarkupOfTheirs() throws {
        let page = try HTMLReport.judge(Self.findings)
        #expect(page.contains("<h2>signal 0.1.0 · Python 3.11.2</h2>") && page.contains("What does it see?"))
        #expect(page.contains("&lt;b&gt;nothing") && !page.contains("<b>nothing"))
    }
}
