import Analysis
import ProfileModel
import Reports
import Testing

@Suite("The report of a duet")
struct OverheadReportTests {
    private static let signal = OverheadFinding(
        name: "signal", kind: .sampling, rate: 1000, running: Ratio(ratio: 1.0104, low: 1.0093, high: 1.0115),
        cpu: Ratio(ratio: 1.0421, low: 1.041, high: 1.0432), threadCPU: Ratio(ratio: 1.0099, low: 1.009, high: 1.0108),
        own: .init(cpuSecondsPerSecond: 0.0341, low: 0.033, high: 0.0352),
        start: .init(seconds: 0.0124, low: 0.0119, high: 0.0129, rounds: 20), pairs: 304,
        blocks: .init(count: 30, correlationOfPairs: 0.02, correlationOfBlocks: -0.1),
        carryOver: CarryOver(
            on: Ratio(ratio: 0.9998, low: 0.999, high: 1.0006), off: Ratio(ratio: 1.0003, low: 0.9995, high: 1.0011),
            threadCPU: .init(
                on: Ratio(ratio: 0.9999, low: 0.9992, high: 1.0006),
                off: Ratio(ratio: 1.0001, low: 0.9995, high: 1.0007)),
            washout: .init(
                on: Ratio(ratio: 1.021, low: 1.019, high: 1.023), off: Ratio(ratio: 1.004, low: 1.002, high: 1.006))),
        selfTest: .init(
            on: Ratio(ratio: 1.0002, low: 0.999, high: 1.0014), off: Ratio(ratio: 0.9999, low: 0.999, high: 1.0008)),
        pass: .init(calls: 12, seconds: 0.0057), interval: "jackknife over 30 blocks of neighbouring pairs, 95 %")

    /// Measured with too few pairs, and without what takes a script that does nothing.
    private static let tracer = OverheadFinding(
        name: "evalframe", kind: .tracing, rate: nil, running: Ratio(ratio: 1.62), cpu: nil, threadCPU: nil, own: nil,
        start: nil, pairs: 8, blocks: .init(count: 8, correlationOfPairs: nil, correlationOfBlocks: nil),
        carryOver: CarryOver(on: nil, off: nil, threadCPU: .init(on: nil, off: nil), washout: .init(on: nil, off: nil)),
        selfTest: .init(on: nil, off: nil),
        pass: .init(calls: 1, seconds: 0.4), interval: "jackknife over 8 blocks of neighbouring pairs, 95 %",
        caveats: [
            Caveat(code: "few-pairs", text: "Only 8 pairs of passes were measured; an interval needs at least 10.")
        ])

    private static let findings = OverheadFindings(
        program: ["mixed_calls.py:run_pass"], python: "3.11.2", designs: [signal, tracer], audit: ["cpus": "2"])

    @Test func terminalIsAsKept() throws {
        for width in [80, 120] {
            let text = TerminalReport.overhead(Self.findings, options: TerminalOptions(width: width))
            try expectGolden(text, "overhead-\(width).txt")
        }
    }

    @Test func jsonIsAsKept() throws { try expectGolden(JSONReport.encode(Self.findings), "overhead.json") }
}
