import Analysis
import Reports
import Testing

@Suite("The terminal report")
struct TerminalReportTests {
    static func options(_ by: TerminalOptions.View = .function, width: Int = 100) -> TerminalOptions {
        TerminalOptions(by: by, width: width, paths: Sieve.paths)
    }

    static func run(_ findings: RunFindings, _ options: TerminalOptions) -> String {
        TerminalReport.run(findings, flame: Sieve.flame, options: options, source: Sieve.source)
    }

    @Test(arguments: TerminalOptions.View.allCases)
    func runReadsAsKept(by view: TerminalOptions.View) throws {
        try expectGolden(Self.run(Sieve.run, Self.options(view)), "run-\(view).txt")
    }

    @Test func tasksReadAsKept() throws {
        try expectGolden(Self.run(Sieve.runOfTasks, Self.options(.task)), "run-tasks.txt")
    }

    @Test func tracedRunReadsAsKept() throws {
        try expectGolden(Self.run(Sieve.tracedRun, Self.options()), "run-traced.txt")
    }

    @Test(arguments: [80, 120])
    func compareReadsAsKept(width: Int) throws {
        let text = TerminalReport.compare(
            Sieve.compare, options: Self.options(width: width), source: Sieve.source)
        try expectGolden(text, "compare-\(width).txt")
    }

    /// However little room there is, a line can be found by what is said of where it stands.
    @Test(arguments: [40, 60, 80, 100])
    func placesOfLinesStayWhole(width: Int) {
        let text = Self.run(Sieve.run, Self.options(.line, width: width))
        for line in Sieve.run.lines.prefix(3) {
            let place = "sieve.py:\(line.line)"
            #expect(text.split(whereSeparator: \.isWhitespace).contains { $0 == place }, "\(place) in \(text)")
        }
    }

    @Test(arguments: [40, 80, 100, 120])
    func keepsToTheWidth(width: Int) {
        let text = TerminalReport.compare(
            Sieve.compare, options: Self.options(width: width), source: Sieve.source)
        for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }

    @Test func colorsAddNothingButColors() {
        var options = Self.options()
        let plain = Self.run(Sieve.run, options)
        options.colors = true
        let colored = Self.run(Sieve.run, options)
        #expect(colored.contains("\u{1b}[1m"))
        let bare = colored.replacing(/\u{1b}\[[0-9;]*m/, with: "")
        #expect(bare.split(separator: "\n").map { $0.trimmed() } == plain.split(separator: "\n").map { $0.trimmed() })
    }

    @Test func topLimitsTheRowsAndSaysSo() {
        var options = Self.options()
        options.top = 1
        let text = Self.run(Sieve.run, options)
        #expect(text.contains("and 2 more functions"))
        #expect(!text.contains("sieve.py:14"))
    }
}

extension Substring {
    fileprivate func trimmed() -> Substring {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
