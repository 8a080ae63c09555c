import Analysis
import ProfileModel

extension Sieve {
    /// One run under `signal`.
    static let run: RunFindings = {
        var run = runWithoutTree
        run.tree = tree
        return run
    }()

    /// The same of a program with tasks.
    static let runOfTasks: RunFindings = {
        var run = Sieve.run
        run.tasks = [
            TaskFinding(name: "fetch", time: share(0.5, (0.48, 0.52), worst: (0.49, 0.51), of: 1.93)),
            TaskFinding(name: "Task-12", time: share(0.3, (0.28, 0.32), worst: (0.29, 0.31), of: 1.93)),
        ]
        run.taskless = TasklessFinding(
            none: share(0.19, (0.17, 0.21), worst: (0.18, 0.2), of: 1.93),
            unknown: share(0.01, (0.005, 0.02), worst: (0, 0.02), of: 1.93))
        return run
    }()

    static let tree = FoldedTree(
        own: ["/home/ada/talk"],
        rows: [
            FoldedRow(
                .function, depth: 0, name: "<module>", file: file, line: 1,
                total: share(1, (0.9981, 1), worst: (0.999, 1), of: 1.93)),
            FoldedRow(
                .function, depth: 1, name: "main", file: file, line: 14,
                total: share(0.9979, (0.9952, 0.9994), worst: (0.9969, 0.9979), of: 1.93)),
            FoldedRow(
                .function, depth: 2, name: "eratosthenes", file: file, line: 4,
                total: share(0.9938, (0.9901, 0.9961), worst: (0.9927, 0.9938), of: 1.93)),
        ],
        lines: runWithoutTree.lines.map {
            FoldedLine(file: $0.file, line: $0.line, function: $0.function, time: $0.`self`)
        },
        parts: [FoldedPart(.own, time: share(1, (0.9981, 1), of: 1.93))])

    private static let runWithoutTree = RunFindings(
        design: "signal", kind: .sampling, clock: .wall, schedule: .jittered, rate: 1000, python: "3.11.2",
        program: ["sieve.py", "5000000"], exit: 0, seconds: 1.93,
        ledger: ledger(due: 1930, late: 3, missed: 1, failed: 1),
        functions: [
            function(
                "eratosthenes", line: 4, own: share(0.9938, (0.9901, 0.9961), worst: (0.9927, 0.9938), of: 1.93),
                total: share(0.9938, (0.9901, 0.9961), worst: (0.9927, 0.9938), of: 1.93), designEffect: 0.71,
                detectable: 0.0068),
            function(
                "main", line: 14, own: share(0.0041, (0.0018, 0.0081), worst: (0.0041, 0.0052), of: 1.93),
                total: share(0.9979, (0.9952, 0.9994), worst: (0.9969, 0.9979), of: 1.93)),
            function(
                "<module>", line: 1, own: share(0.0021, (0.0006, 0.0053), worst: (0.0021, 0.0031), of: 1.93),
                total: share(1, (0.9981, 1), worst: (0.999, 1), of: 1.93)),
        ],
        lines: [
            line(10, share(0.8714, (0.8611, 0.8811), worst: (0.8705, 0.8715), of: 1.93)),
            line(8, share(0.0721, (0.0631, 0.0822), worst: (0.072, 0.073), of: 1.93)),
            line(7, share(0.0451, (0.0381, 0.0532), worst: (0.045, 0.046), of: 1.93)),
            line(9, share(0.0052, (0.0025, 0.0095), worst: (0.0052, 0.0062), of: 1.93)),
        ],
        threads: [ThreadFinding(id: 4711, name: "MainThread", seconds: 1.93, share: 1)],
        opcodes: opcodes, ranks: ranks,
        unseen: UnseenFinding(share: 0.001, high: 0.0062), estimand: .thisRun,
        interval: "collapsed-strata Wilson, mid-p and Clopper–Pearson, 95 %",
        caveats: [Caveat(code: "failed-samples", text: "1 of 1,930 ticks gave no stack that could be verified.")],
        audit: ["cpus": "2", "kernel": "6.1.0"])

    /// As a jittered schedule leaves them.
    static let gaps = GapHistogram(
        width: 100_000, counts: (0..<40).map { $0 < 20 ? 10 + min($0, 19 - $0) * 9 : 0 }, longer: 2)

    static let opcodes = [
        OpcodeFinding(opcode: "PRECALL", self: share(0.8701, (0.8598, 0.8799), worst: (0.8692, 0.8702), of: 1.93)),
        OpcodeFinding(opcode: "FOR_ITER", self: share(0.0461, (0.0391, 0.0542), worst: (0.046, 0.047), of: 1.93)),
    ]

    static let ranks = RankFinding(function: "eratosthenes", file: file, line: 4, probability: 1, second: "main")

    /// One run under `setprofile`: exact calls, no intervals.
    static let tracedRun = RunFindings(
        design: "setprofile", kind: .tracing, clock: .wall, python: "3.11.2", program: ["sieve.py", "5000000"],
        exit: 7, seconds: 2.11, functions: compare.designs[0].functions, estimand: .thisRun,
        interval: "none: every call was measured")
}
