import ProfileModel
import Reports
import Testing

@testable import Analysis

@Suite("The causal check")
struct CausalReportTests {
    private static func finding(_ function: String = "eratosthenes", file: String = Sieve.file) -> CausalFinding {
        CausalFinding(
            function: function, qualname: function, file: file, line: 4, calls: 1,
            designs: [
                CausalDesign(
                    name: "signal", slope: BoundedFigure(value: 1.004, low: 0.981, high: 1.027),
                    intercept: BoundedFigure(value: -0.0004, low: -0.0031, high: 0.0023), verdict: .moves),
                CausalDesign(
                    name: "gil", slope: BoundedFigure(value: 0.62, low: 0.41, high: 0.83),
                    intercept: BoundedFigure(value: 0.0121), verdict: .doesNot),
                CausalDesign(name: "setprofile", slope: nil, intercept: nil, verdict: .cannotTell),
            ],
            levels: [
                CausalLevel(
                    level: 0, work: 0, control: [1.9, 2.0],
                    designs: [CausalSeconds(name: "signal", seconds: [1.8, 1.9])])
            ])
    }

    private static func compare(_ causal: [CausalFinding]?) -> CompareFindings {
        var compare = Sieve.compare
        compare.causal = causal
        return compare
    }

    private func terminal(_ findings: CompareFindings, width: Int = 100) -> String {
        TerminalReport.compare(
            findings, options: TerminalOptions(width: width, paths: Sieve.paths), source: Sieve.source)
    }

    @Test func standsOnTheTerminal() {
        let text = terminal(Self.compare([Self.finding()]))
        #expect(text.contains("Causal check: functions slowed by a known amount"))
        #expect(
            text.contains("signal      1.00 [0.98, 1.03]  −0.4 [−3.1, 2.3]  moves as it must  eratosthenes  sieve.py:4")
        )
        #expect(
            text.contains("gil         0.62 [0.41, 0.83]  12.1              does not          eratosthenes  sieve.py:4")
        )
        #expect(text.contains("setprofile  –                  –                 cannot tell"))
    }

    @Test func standsInTheHTML() throws {
        let html = try HTMLReport.compare(
            Self.compare([Self.finding()]), flames: [], source: Sieve.source, paths: Sieve.paths)
        #expect(html.contains("id=\"causal\"") && html.contains("signal: slope 1.00 [0.98, 1.03], moves as it must"))
        #expect(html.contains("gil: does not, intercept 12.1 ms"))
    }

    @Test(arguments: [nil, [CausalFinding]()])
    func isLeftOutWhereNothingWasSlowed(causal: [CausalFinding]?) throws {
        #expect(!terminal(Self.compare(causal)).contains("Causal check"))
        #expect(
            try !HTMLReport.compare(Self.compare(causal), flames: [], source: Sieve.source).contains("Causal check"))
    }

    @Test func isNullInJSONWhereItWasNotAsked() throws {
        #expect(try JSONReport.encode(Self.compare(nil)).contains("\"causal\" : null"))
        let text = try JSONReport.encode(Self.compare([Self.finding()]))
        #expect(text.contains("\"verdict\" : \"moves as it must\"") && text.contains("\"slope\" : null"))
    }

    @Test(arguments: OddFindingsTests.numbers)
    func noNumberStopsAReport(number: Double) throws {
        var finding = Self.finding()
        finding.designs[0].slope = BoundedFigure(value: number, low: number, high: number)
        finding.designs[0].intercept = BoundedFigure(value: number, low: number, high: number)
        finding.levels[0].control = [number]
        let findings = Self.compare([finding])
        let html = try HTMLReport.compare(findings, flames: [], source: Sieve.source)
        for report in [terminal(findings), html, try JSONReport.encode(findings)] {
            #expect(!report.contains("nan%") && !report.contains("inf%") && report.contains("eratosthenes"))
        }
    }

    @Test func hostileNamesGiveNoOrders() throws {
        let findings = Self.compare(Hostile.texts.map { Self.finding($0, file: $0) })
        for line in terminal(findings, width: 80).split(separator: "\n") {
            #expect(line.count <= 80 && !line.contains("\u{1b}"))
        }
        let html = try HTMLReport.compare(findings, flames: [], source: Sieve.source, paths: Sieve.paths)
        #expect(html.ranges(of: "<script").count == 1 && html.ranges(of: "<img").isEmpty)
    }
}
