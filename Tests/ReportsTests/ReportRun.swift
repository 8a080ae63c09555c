import Analysis
import ProfileModel
import Reports

/// A run of a made-up program that has everything that a first screen can show.
enum ReportRun {
    static let folder = "/home/ada/report"
    static let file = folder + "/report.py"

    static func share(_ share: Double, _ half: Double = 0.01) -> Estimate {
        Estimate(share: share, low: max(0, share - half), high: min(1, share + half), seconds: 2 * share)
    }

    static let rows = [
        FoldedRow(.function, depth: 0, name: "<module>", file: file, line: 1, total: share(1)),
        FoldedRow(.function, depth: 1, name: "main", file: file, line: 40, total: share(0.81)),
        FoldedRow(.function, depth: 2, name: "slow_apply", file: file, line: 31, total: share(0.7)),
        FoldedRow(
            .call, depth: 3, name: "DataFrame.apply", file: file, line: 33, package: "pandas", total: share(0.41)),
        FoldedRow(.function, depth: 4, name: "slow_apply.<locals>.<lambda>", file: file, line: 33, total: share(0.2)),
        FoldedRow(.call, depth: 3, name: "dumps", file: file, line: 34, package: "json", total: share(0.2)),
        FoldedRow(.waiting, depth: 2, name: "waiting", file: file, line: 44, total: share(0.06)),
        FoldedRow(.imports, depth: 1, name: "imports", total: share(0.12)),
    ]

    static let tree = FoldedTree(
        own: [folder], rows: rows,
        lines: [
            FoldedLine(file: file, line: 33, function: "slow_apply", time: share(0.35)),
            FoldedLine(file: file, line: 34, function: "slow_apply", time: share(0.2)),
            FoldedLine(file: file, line: 2, function: "<module>", time: share(0.12)),
            FoldedLine(file: file, line: 44, function: "main", time: share(0.06)),
        ],
        parts: [
            FoldedPart(.libraries, time: share(0.4)), FoldedPart(.library, name: "pandas", time: share(0.39)),
            FoldedPart(.own, time: share(0.22)), FoldedPart(.standardLibrary, time: share(0.2)),
            FoldedPart(.imports, time: share(0.12)), FoldedPart(.waiting, time: share(0.06)),
        ])

    static func findings(_ tree: FoldedTree = tree) -> RunFindings {
        var findings = RunFindings(
            design: "signal", kind: .sampling, clock: .wall, schedule: .jittered, rate: 1000, python: "3.11.2",
            program: ["report.py"], exit: 0, seconds: 2, ledger: Sieve.ledger(due: 2000, late: 4, missed: 0, failed: 0),
            threads: [ThreadFinding(id: 4711, name: "main thread", seconds: 2, share: 1)], estimand: .thisRun,
            interval: "collapsed-strata Wilson, 95 %")
        findings.tree = tree
        return findings
    }

    static let source = FakeSource(files: [
        file: (1...50).map { $0 == 33 ? "    shares = frame.apply(lambda row: row.a / row.b)" : "    line \($0)" }
            .joined(separator: "\n")
    ])

    static func text(_ findings: RunFindings = findings(), top: Int? = nil, width: Int = 100) -> String {
        let options = TerminalOptions(top: top, width: width, paths: Sieve.paths)
        return TerminalReport.run(findings, flame: Sieve.flame, options: options, source: source)
    }
}
