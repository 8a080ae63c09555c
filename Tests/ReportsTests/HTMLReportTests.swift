import Analysis
import Reports
import Testing

@Suite("The HTML report")
struct HTMLReportTests {
    static func compare(_ findings: CompareFindings = Sieve.compare) throws -> String {
        try HTMLReport.compare(
            findings, flames: [("signal", Sieve.table), ("setprofile", Sieve.table)], source: Sieve.source,
            paths: Sieve.paths)
    }

    static func run(_ findings: RunFindings = Sieve.run) throws -> String {
        try HTMLReport.run(findings, flame: Sieve.table, gaps: Sieve.gaps, source: Sieve.source, paths: Sieve.paths)
    }

    @Test func compareIsAsKept() throws { try expectGolden(Self.compare(), "compare.html") }

    @Test func runIsAsKept() throws { try expectGolden(Self.run(), "run.html") }
}
