import Analysis
import Reports
import Testing

@Suite("Odd findings")
struct OddFindingsTests {
    static let numbers: [Double] = [.nan, .infinity, -.infinity, -1, 0, 1e308]

    @Test func nothingAtAllIsSaidSo() throws {
        let run = RunFindings(
            design: "signal", kind: .sampling, clock: .cpu, python: "", program: [], seconds: 0, estimand: .thisRun,
            interval: "none")
        let compare = CompareFindings(program: [], python: "", runs: 0, clock: .wall)
        let nothing = FlameNode(name: "all", share: 0)
        for view in TerminalOptions.View.allCases {
            let options = TerminalOptions(top: 0, by: view, width: 0, paths: Sieve.paths)
            #expect(!TerminalReport.run(run, flame: nothing, options: options, source: Sieve.source).isEmpty)
        }
        let options = TerminalOptions(paths: Sieve.paths)
        let text = TerminalReport.compare(compare, options: options, source: Sieve.source)
        #expect(text.contains("none were seen"))
        #expect(try HTMLReport.run(run, flame: FlameTable(nothing), source: Sieve.source).hasSuffix("</html>\n"))
        #expect(try HTMLReport.compare(compare, flames: [], source: Sieve.source).hasSuffix("</html>\n"))
    }

    @Test(arguments: numbers, [Int.min, -1, 0, 99, Int.max])
    func noNumberAndNoLineStopsAReport(number: Double, line: Int) throws {
        let estimate = Estimate(
            share: number, low: number, high: number, worstLow: number, worstHigh: number, seconds: number)
        var compare = Sieve.compare
        compare.control?.selfTest = Ratio(ratio: number, low: number, high: number)
        compare.designs[1].rate = number
        compare.designs[1].slowdown = Ratio(ratio: number, low: number, high: number)
        compare.designs[1].functions[0].line = line
        compare.designs[1].functions[0].`self` = estimate
        compare.designs[1].lines[0].line = line
        compare.designs[1].lines[0].`self` = estimate
        let flame = FlameNode(name: "all", share: number, children: [FlameNode(name: "f", line: line, share: number)])
        let text = TerminalReport.compare(
            compare, options: TerminalOptions(paths: Sieve.paths), source: Sieve.source)
        let html = try HTMLReport.compare(compare, flames: [("signal", FlameTable(flame))], source: Sieve.source)
        for report in [text, html, try JSONReport.encode(compare)] {
            #expect(!report.contains("nan%") && !report.contains("inf%") && report.contains("eratosthenes"))
        }
    }
}
