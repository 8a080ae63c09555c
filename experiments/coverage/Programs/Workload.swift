import Running

/// A known-answer program, as it is started.
struct Workload: Sendable, Equatable {
    /// Stands in the store and in the table.
    var name: String
    var path: String
    var arguments: [String] = []
    /// Ticks a second, where the program's own period is made for them; else N and its length decide.
    var rate: Double?
    /// Its length, as a part of what it is without arguments.
    var part = 1.0
    /// Whether it can say what is true by the CPU clock.
    var knowsCPUTime = true
    /// A package that it cannot run without.
    var package: String?
}

extension Workload {
    private static func knownAnswer(_ name: String) -> Workload {
        Workload(name: name, path: "experiments/workloads/\(name).py")
    }

    /// Those of `experiments/workloads` that say what their own shares are and have no period.
    static let withoutPeriod = [
        "equal", "zipf", "calls_inlined", "holds_gil", "releases_gil", "stalls", "two_threads", "deep_recursion",
        "generators", "sleep_io",
    ].map(knownAnswer)

    /// Programs of kinds on which intervals once failed: what keeps a signal waiting, what makes a look long, what
    /// sleeps on the CPU clock, what has many stacks, and threads that the kernel puts off their processors.
    static let hard =
        [
            "large_io", "page_faults", "deep_stacks", "exceptions", "big_integers", "garbage", "many_threads", "tasks",
            "contention",
        ].map(knownAnswer) + [bursts("10"), bursts("1.5"), arrays]

    private static func bursts(_ milliseconds: String) -> Workload {
        var workload = knownAnswer("bursts")
        (workload.name, workload.arguments) = (
            "bursts \(milliseconds)", [milliseconds == "10" ? "60" : "400", milliseconds]
        )
        return workload
    }

    private static let arrays = Workload(name: "arrays", path: "experiments/workloads/arrays.py", package: "numpy")

    /// A program whose period is the interval between ticks.
    static let lockstep = Workload(
        name: "lockstep", path: "experiments/workloads/lockstep.py", rate: 1000, knowsCPUTime: false)

    /// By name: a size of about half of what the program has unless told, and that as a part of it.
    private static let halves: [String: (size: Int, part: Double)] = [
        "equal": (2, 2.0 / 3), "calls_inlined": (4, 0.5), "holds_gil": (9, 0.5), "releases_gil": (12, 0.5),
        "stalls": (4, 0.5),
        "two_threads": (12, 0.5), "deep_recursion": (15, 0.5), "generators": (20, 0.5), "sleep_io": (10, 0.5),
        "large_io": (20, 0.5), "page_faults": (18, 0.5), "deep_stacks": (50, 0.5), "exceptions": (13, 0.5),
        "big_integers": (12, 0.5), "garbage": (15, 0.5), "many_threads": (14, 0.5), "tasks": (4, 4.0 / 7),
        "contention": (15, 0.5),
        "arrays": (12, 0.5),
        "bursts 10": (30, 0.5), "bursts 1.5": (200, 0.5),
    ]

    /// The same with half the work, where it can have that: many runs of few ticks need no more.
    var halved: Workload {
        var half = self
        if name == Self.lockstep.name {
            (half.arguments, half.rate, half.part) = (["1000", "1", "0.5"], 2000, 0.5)
        } else if let (size, part) = Self.halves[name] {
            (half.arguments, half.part) = ([String(size)] + arguments.dropFirst(), part)
        }
        return half
    }

    /// The same, saying what is true by the CPU clock, too.
    var byCPU: Workload {
        var started = self
        started.path = "experiments/workloads/by_cpu.py"
        started.arguments = [String(path.split(separator: "/").last?.dropLast(".py".count) ?? "")] + arguments
        return started
    }

    /// The same for a rate of 1 kHz.
    var short: Workload {
        guard name == Self.lockstep.name else { return halved }
        var short = self
        short.arguments = ["600"]
        return short
    }

    /// Those from before there were conditions, which recorded timelines and periodic runs are of, too.
    static let first = withoutPeriod + [lockstep]
    static let known = first + hard

    /// Programs in step with 2,000 periodic ticks a second, for N of them: at the interval, its half, its double.
    static func inStep(ticks: Int) -> [Workload] {
        [("lockstep", "1"), ("lockstep half", "half"), ("lockstep double", "double")].map { name, period in
            Workload(name: name, path: lockstep.path, arguments: [String(ticks), period, "0.5"], rate: 2000)
        }
    }

    /// Those of the names given, in their order; throws where one is not known.
    static func named(_ names: [String]) throws -> [Workload] {
        try names.map { name in
            guard let workload = known.first(where: { $0.name == name }) else {
                throw RunningError.failed(
                    "there is no workload '\(name)'; --workloads takes some of: \(known.map(\.name).joined(separator: ","))"
                )
            }
            return workload
        }
    }

    /// What the store calls the runs of a program.
    static func names(of path: String) -> [String] {
        (known + inStep(ticks: 0)).filter { $0.path == path }.map(\.name)
    }

    /// Short blocks that a program profiles of itself.
    static func blocks(_ count: Int, seed: UInt64) -> Workload {
        Workload(name: "blocks", path: "experiments/coverage/blocks.py", arguments: [String(count), String(seed)])
    }

    /// Equal passes of the same work, for comparisons.
    static func passes(_ count: Int) -> Workload {
        Workload(name: "passes", path: "experiments/coverage/passes.py", arguments: [String(count)])
    }
}
