import Analysis
import ProfileModel
import Testing

@testable import Reports

/// What reports say of the kinds of time.
@Suite struct KindsTextTests {
    private func function(_ shares: [TimeKind: Double], told: KindsTold = .all) -> FunctionFinding {
        let own = shares.values.reduce(0, +)
        var function = FunctionFinding(
            name: "work", qualname: "work", file: ReportRun.file, line: 3, self: ReportRun.share(own),
            total: ReportRun.share(own))
        function.kinds = ByKind(told) { shares[$0] ?? 0 }
        return function
    }

    private func list(width: Int) -> [String] {
        var findings = ReportRun.findings()
        var long = function([.python: 0.1])
        long.qualname = "Records.with_a_rather_long_name"
        findings.functions = [function([.python: 0.3, .c: 0.15, .waiting: 0.05]), long]
        let options = TerminalOptions(by: .function, width: width, paths: Sieve.paths)
        return TerminalReport.run(findings, flame: Sieve.flame, options: options, source: Sieve.source)
            .split(separator: "\n").map(String.init)
    }

    @Test func theyArePartsOfTheFunctionsOwnTime() {
        #expect(Wording.kinds(function([.waiting: 0.05, .python: 0.3, .c: 0.15])) == "60 py 30 C 10 wait")
        #expect(Wording.kinds(function([.c: 0.4])) == "C")
        #expect(Wording.kinds(function([.python: 0.4, .c: 0.001])) == "py")
        #expect(Wording.kinds(function([.lockWait: 0.2, .garbageCollection: 0.2])).contains("50 GIL"))
        #expect(Wording.kinds(function([.python: 0.4, .waiting: 0.4], told: .callsAndWaits)) == "50 py 50 wait")
    }

    @Test func inLittleRoomOnlyWhatANameDoesNotSayIsSaid() {
        let many = function([.python: 0.1, .c: 0.2, .waiting: 0.3, .lockWait: 0.4])
        #expect(Wording.kindsInShort(many) == "40 GIL 30 wait 20 C")
        #expect(Wording.kindsInShort(function([.python: 0.4])).isEmpty)
        #expect(Wording.kindsInShort(function([.waiting: 0.4])) == "wait")
        var called = function([.c: 0.4])
        called.file = nil
        #expect(Wording.kindsInShort(called).isEmpty)
    }

    @Test func nothingIsSaidWhereTheyAreNotTold() {
        var untold = function([.python: 1])
        untold.kinds = nil
        #expect(Wording.kinds(untold).isEmpty)
    }

    @Test func aWideTerminalHasAColumn() throws {
        let lines = list(width: 120)
        let header = try #require(lines.first { $0.contains("self time") })
        let row = try #require(lines.first { $0.contains("60 py 30 C 10 wait") })
        let column = try #require(header.range(of: "% of self")).lowerBound
        #expect(header[..<column].count == row[..<row.range(of: "60 py")!.lowerBound].count)
        #expect(row.contains("work  "))
        #expect(lines.contains { $0.contains("  py ") && $0.contains("Records.with_a_rather_long_name") })
    }

    @Test func aNarrowOneHasThemBehindTheNames() throws {
        let lines = list(width: 80)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.contains { $0.contains("self time") && !$0.contains("% of self") })
        let at = try #require(lines.firstIndex { $0.contains("work  ") })
        #expect(lines[at].contains("60 py 30 C 10 wait") || lines[at + 1].contains("60 py 30 C 10 wait"))
    }

    @Test(arguments: [(TimeScope.running, "ran"), (.idle, "waited"), (.gil, "held the GIL")])
    func theHeadlineSaysOfWhichTime(time: TimeScope, doing: String) {
        var findings = ReportRun.findings()
        (findings.time, findings.timeShare) = (time, Estimate(share: 0.32, low: 0.311, high: 0.329, seconds: 3.2))
        let expected = "in which threads \(doing): 3.20 s of 10.00 s, 32.0 % [31.1, 32.9]"
        #expect(Wording.time(findings) == "shares are of the time " + expected)
        #expect(ReportRun.text(findings).contains("in which threads \(doing)"))
        #expect(Wording.time(ReportRun.findings()) == nil)
    }

    @Test func selfSharesThatAreNotToBeAddedUpAreSaidToBeSo() throws {
        var findings = ReportRun.findings()
        findings.functions = [function([.python: 0.3, .c: 0.5])]
        #expect(Wording.callees(findings) == nil)
        findings.functions.append(function([.c: 0.5]))
        findings.functions[1].file = nil
        let said = try #require(Wording.callees(findings))
        let options = TerminalOptions(by: .function, width: 120, paths: Sieve.paths)
        let text = TerminalReport.run(findings, flame: Sieve.flame, options: options, source: Sieve.source)
        #expect(text.contains(said))
        #expect(FunctionTable(findings: findings, paths: Sieve.paths).view.callees == said)
        (findings.kind, findings.ledger) = (.tracing, nil)
        #expect(Wording.callees(findings) == nil)
    }

    @Test func thePageHasAColumnToo() {
        var findings = ReportRun.findings()
        findings.functions = [function([.python: 0.3, .c: 0.2])]
        let view = FunctionTable(findings: findings, paths: Sieve.paths).view
        #expect(view.hasKinds && view.rows[0].kinds == "60 py 40 C")
        findings.functions[0].kinds = nil
        #expect(!FunctionTable(findings: findings, paths: Sieve.paths).view.hasKinds)
    }
}
