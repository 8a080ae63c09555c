import Analysis
import ProfileModel

extension Sieve {
    /// Ten rounds of the tracer, the sampler and the talk's design.
    static let compare = CompareFindings(
        program: ["sieve.py", "5000000"], python: "3.11.2", runs: 10, clock: .wall,
        control: ControlFinding(
            seconds: Interval(mean: 1.928, low: 1.903, high: 1.957),
            selfTest: Ratio(ratio: 1.002, low: 0.991, high: 1.013)),
        designs: [setprofile, signal, gil],
        agreement: [
            Agreement(
                a: "setprofile", b: "signal", by: .function, resolution: "python-function", totalVariation: 0.004,
                noiseFloor: 0.006, p: 0.71),
            Agreement(
                a: "signal", b: "gil", by: .line, resolution: "python-line", totalVariation: 0.187, noiseFloor: 0.021,
                p: 0.0001),
        ],
        disagreements: [
            Disagreement(
                a: "signal", b: "gil", by: .line, function: "eratosthenes", file: file, line: 8, shareA: 0.0721,
                shareB: 0.2601, difference: Interval(mean: 0.188, low: 0.161, high: 0.214), p: 0.0001,
                likelier: "signal", rule: .longCallsHoldTheGIL,
                text: """
                    On line 8, gil says 26.0 % where signal says 7.2 %: line 10 makes long C calls that hold the GIL, \
                    and gil can look only where the program hands it over.
                    """),
            Disagreement(
                a: "setprofile", b: "gil", by: .function, function: "main", file: file, line: 14, shareA: 0.0041,
                shareB: 0.0198, difference: Interval(mean: 0.0157, low: 0.002, high: 0.03), p: 0.031,
                rule: .cannotTell, text: "`main` has 2.0 % by gil and 0.4 % by setprofile; no rule says which is right."
            ),
        ],
        ranks: [RankAgreement(a: "signal", b: "gil", kendallTau: 0.82, top: 3, overlap: 2.0 / 3)],
        audit: ["cpus": "2", "kernel": "6.1.0", "load": "0.31"],
        caveats: [Caveat(code: "order-may-flip", text: "Lines 7 and 8 may change places: their intervals overlap.")])

    private static let setprofile = DesignFinding(
        name: "setprofile", kind: .tracing, clock: .wall, slowdown: Ratio(ratio: 1.094, low: 1.081, high: 1.108),
        estimand: .expectedRun, interval: "jackknife over rounds, 95 %",
        functions: [
            function(
                "set.update", line: 0, calls: 348_513, own: share(0.8702, (0.8659, 0.8743), of: 2.11),
                total: share(0.8702, (0.8659, 0.8743), of: 2.11)),
            function(
                "eratosthenes", line: 4, calls: 1, own: share(0.1241, (0.1203, 0.1282), of: 2.11),
                total: share(0.9943, (0.9939, 0.9948), of: 2.11)),
            function(
                "main", line: 14, calls: 1, own: share(0.0041, (0.0039, 0.0044), of: 2.11),
                total: share(0.9991, (0.999, 0.9992), of: 2.11)),
            function(
                "<module>", line: 1, calls: 1, own: share(0.0009, (0.0008, 0.001), of: 2.11),
                total: share(1, of: 2.11)),
        ])

    private static let signal = DesignFinding(
        name: "signal", kind: .sampling, clock: .wall, schedule: .jittered, rate: 1000,
        slowdown: Ratio(ratio: 1.003, low: 0.996, high: 1.011), estimand: .expectedRun,
        interval: "jackknife over rounds, 95 %", functions: run.functions, lines: run.lines,
        ledger: ledger(due: 19_300, late: 31, missed: 7, failed: 4), opcodes: opcodes,
        ranks: ranks)

    private static let gil = DesignFinding(
        name: "gil", kind: .sampling, clock: .wall, schedule: .jittered, rate: 1000,
        slowdown: Ratio(ratio: 1.017, low: 1.004, high: 1.031), estimand: .expectedRun,
        interval: "none: its instants are not its own",
        functions: [
            function(
                "eratosthenes", line: 4, own: share(0.9784, worst: (0.066, 0.9985), of: 1.96),
                total: share(0.9801, worst: (0.067, 0.999), of: 1.96)),
            function(
                "main", line: 14, own: share(0.0198, worst: (0.0013, 0.935), of: 1.96),
                total: share(1, worst: (0.068, 1), of: 1.96)),
        ],
        lines: [
            line(10, share(0.7399, worst: (0.0502, 0.9823), of: 1.96)),
            line(8, share(0.2601, worst: (0.0176, 0.9497), of: 1.96)),
        ],
        ledger: ledger(due: 19_600, late: 212, missed: 18_270, failed: 0),
        opcodes: [OpcodeFinding(opcode: "JUMP_BACKWARD", self: share(0.74, worst: (0.0502, 0.9823), of: 1.96))],
        caveats: [worstCase])
}
