/// A known-answer program, as it is started.
struct Workload: Sendable, Equatable {
    /// Stands in the store and in the table.
    var name: String
    var path: String
    var arguments: [String] = []
    /// Ticks a second, where the program's own period is made for them; else N and its length decide.
    var rate: Double?
}

extension Workload {
    private static func known(_ name: String) -> Workload {
        Workload(name: name, path: "experiments/workloads/\(name).py")
    }

    /// Those of `experiments/workloads` that say what their own shares are and have no period.
    static let withoutPeriod = [
        "equal", "zipf", "calls_inlined", "holds_gil", "releases_gil", "stalls", "two_threads", "deep_recursion",
        "generators", "sleep_io",
    ].map(known)

    /// A program whose period is the interval between ticks.
    static let lockstep = Workload(name: "lockstep", path: "experiments/workloads/lockstep.py", rate: 1000)

    static let known = withoutPeriod + [lockstep]

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
                throw CoverageError("there is no workload '\(name)'; --workloads takes some of: \(known.map(\.name).joined(separator: ","))")
            }
            return workload
        }
    }

    /// Equal passes of the same work, for comparisons.
    static func passes(_ count: Int) -> Workload {
        Workload(name: "passes", path: "experiments/coverage/passes.py", arguments: [String(count)])
    }
}
