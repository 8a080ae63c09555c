import Analysis
import ProfileModel
import Reports
import Testing

extension Sieve {
    static let costs = ProbeCosts(
        parameters: [.pythonInside, .pythonOutside, .cInside, .cOutside, .stretch],
        values: [24.2, 15.1, 17.9, 23.4, 2.16],
        covariance: [
            [42, 12, 0.4, 0.1, -1.2], [12, 120, 0.3, 0.2, -2], [0.4, 0.3, 6, 7, 0], [0.1, 0.2, 7, 60, 0],
            [-1.2, -2, 0, 0, 0.1],
        ], degreesOfFreedom: 7.4, processes: 12, date: "2026-01-02T03:04:05Z",
        checks: CompensationChecks(programs: 12, measured: 0.042, compensated: 0.017, unexplained: 0.08))

    /// The traced run, calibrated: the module itself takes no longer than the probes.
    static let compensatedRun: RunFindings = {
        var run = tracedRun
        run.functions = compensated(run.functions, isSingle: true)
        run.calibration = DesignCosts(name: "setprofile", costs)
        return run
    }()

    static let compensatedCompare: CompareFindings = {
        var compare = Sieve.compare
        compare.designs[0].functions = compensated(compare.designs[0].functions, isSingle: false)
        compare.designs[0].calibration = DesignCosts(name: "setprofile", costs)
        return compare
    }()

    private static func compensated(_ functions: [FunctionFinding], isSingle: Bool) -> [FunctionFinding] {
        functions.map { function in
            var function = function
            // Of one run, which has no other interval.
            if isSingle {
                (function.`self`.low, function.`self`.high, function.total.low, function.total.high) = (
                    nil, nil, nil, nil
                )
            }
            let (share, seconds) = (function.`self`.share ?? 0, function.`self`.seconds ?? 0)
            function.`self`.compensated =
                share < 0.001
                ? Compensated(seconds: -0.0002, share: -0.0001)
                : Compensated(
                    seconds: seconds * 0.9, low: seconds * 0.81, high: seconds * 0.99, share: share * 0.97,
                    shareLow: share * 0.92,
                    shareHigh: min(1, share * 1.02))
            return function
        }
    }

    static let calibration = CalibrationFindings(
        interpreter: "/usr/bin/python3.11", python: "3.11.2", clock: .wall,
        designs: [
            DesignCosts(name: "setprofile", costs),
            DesignCosts(
                name: "evalframe",
                ProbeCosts(
                    parameters: [.pythonInside, .pythonOutside], values: [14.6, 6.8], covariance: [[18, 4], [4, 45]],
                    degreesOfFreedom: 9, processes: 12, date: "2026-01-02T03:04:05Z")),
            DesignCosts(
                name: "lines",
                ProbeCosts(
                    parameters: [.pythonInside, .pythonOutside, .line], values: [48.6, 18.8, 14.2],
                    covariance: [[18, 4, 0], [4, 45, 0], [0, 0, 3]],
                    degreesOfFreedom: 9, processes: 12, date: "2026-01-02T03:04:05Z",
                    checks: CompensationChecks(programs: 12, measured: 0.06, compensated: 0.066, unexplained: 0.3))),
            DesignCosts(
                name: "signal",
                ProbeCosts(
                    parameters: [.sample], values: [5612], covariance: [[90_000]], degreesOfFreedom: 9, processes: 12,
                    date: "2026-01-02T03:04:05Z")),
        ], samplesPerSecond: 10_000, file: "/home/ada/.cache/swprof/calibration-1.json",
        caveats: [
            Caveat(code: "not-calibrated", text: "`other` could not be calibrated: it cannot trace this interpreter.")
        ])
}

@Suite("Compensated times in reports")
struct CompensationReportTests {
    @Test(arguments: [80, 100])
    func aCalibratedRunReadsAsKept(width: Int) throws {
        let text = TerminalReportTests.run(Sieve.compensatedRun, TerminalReportTests.options(width: width))
        try expectGolden(text, "run-compensated-\(width).txt")
    }

    @Test func aCalibratedComparisonReadsAsKept() throws {
        let text = TerminalReport.compare(
            Sieve.compensatedCompare, options: TerminalReportTests.options(width: 120), source: Sieve.source)
        try expectGolden(text, "compare-compensated.txt")
    }

    @Test func aCalibrationReadsAsKept() throws {
        try expectGolden(
            TerminalReport.calibration(Sieve.calibration, options: TerminalReportTests.options()), "calibration.txt")
    }

    @Test func theJSONReadsAsKept() throws {
        try expectGolden(JSONReport.encode(Sieve.compensatedRun), "run-compensated.json")
        try expectGolden(JSONReport.encode(Sieve.calibration), "calibration.json")
    }

    /// A track of its own in the design's colour, with a whisker; none where it is not identifiable.
    @Test func theHTMLHasBoth() throws {
        let run = try HTMLReport.run(Sieve.compensatedRun, flame: Sieve.table, source: Sieve.source, paths: Sieve.paths)
        #expect(run.contains("<td class=\"figure\">1.65 s [1.49, 1.82]</td>"))
        #expect(run.contains("<td class=\"figure\">– not identifiable</td>"))
        let compare = try HTMLReport.compare(
            Sieve.compensatedCompare, flames: [("setprofile", Sieve.table)], source: Sieve.source, paths: Sieve.paths)
        #expect(compare.contains(#"<div class="lane d0"><span class="series">compensated</span>"#))
        #expect(compare.contains(#"<div class="lane d1"><span class="series">signal</span>"#))
    }
}
