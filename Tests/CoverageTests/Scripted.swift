import Foundation
import Measuring
import ProfileModel
import Running
import Synchronization

@testable import swprof_coverage

/// A starter that answers by a rule instead of starting a process, and counts what it was asked.
final class ScriptedStarter: ProgramStarter {
    private let asked = Mutex<[String]>([])
    private let onProfile: @Sendable (Workload, Arm) throws -> ProfiledRun
    private let onControl: @Sendable (Workload, [String: String]) throws -> PlainRun

    init(
        profile: @escaping @Sendable (Workload, Arm) throws -> ProfiledRun = { _, _ in
            throw RunningError.failed("no profile")
        },
        control: @escaping @Sendable (Workload, [String: String]) throws -> PlainRun = { _, _ in
            throw RunningError.failed("no control")
        }
    ) {
        onProfile = profile
        onControl = control
    }

    /// What each profiled run was asked for.
    struct Profiled {
        var workload: Workload
        var arm: Arm
    }
    private let profiled = Mutex<[Profiled]>([])
    var profiles: [Profiled] { profiled.withLock { $0 } }

    /// How many busy neighbours were asked for each time, and of which workloads it is said that they cannot be run.
    private let busy = Mutex<[Int]>([])
    var neighbours: [Int] { busy.withLock { $0 } }

    func neighbours(_ count: Int) throws -> Neighbours? {
        busy.withLock { $0.append(count) }
        return nil
    }

    func obstacle(to workload: Workload, under arm: Arm) async -> String? {
        workload.package.map { "no \($0)" } ?? arm.surroundings.interpreter.map { "no \($0)" }
    }

    var starts: [String] { asked.withLock { $0 } }

    func profile(_ workload: Workload, _ arm: Arm, _ conditions: Conditions) async throws -> ProfiledRun {
        asked.withLock { $0.append(workload.name) }
        profiled.withLock { $0.append(Profiled(workload: workload, arm: arm)) }
        return try onProfile(workload, arm)
    }

    func control(_ workload: Workload, _ conditions: Conditions, environment: [String: String]) async throws -> PlainRun
    {
        asked.withLock { $0.append(workload.name) }
        return try onControl(workload, environment)
    }
}

extension Extent {
    /// As little as makes sense.
    static let tiny = Extent(
        name: "tiny", enumerated: [30], multinomialDraws: 50, simulations: 50, timelines: 2, draws: 20,
        drawnTicks: [50],
        runs: 3, fewerRuns: 2, everyWorkload: 1, pooledRuns: PooledRuns(poisson: 4, samples: 100), lockstepRuns: 2,
        alarmRuns: 1, blocks: 30, comparisons: 2, rounds: 4)
}

extension Workload {
    /// A script that is there, whatever the tests are run from.
    static func here(_ name: String, rate: Double? = 1000) -> Workload {
        Workload(name: name, path: #filePath, rate: rate)
    }
}

func experiment(
    _ starter: any ProgramStarter = ScriptedStarter(), store: Store? = nil, workloads: [Workload] = [.here("w")],
    extent: Extent = .tiny
) throws -> Experiment {
    let store = try store ?? Store(inMemory: .coverage)
    try store.settle(extent, Seed(base: 1))
    return Experiment(
        store: store, extent: extent, seed: Seed(base: 1), starter: starter, workloads: workloads,
        session: try store.beginSession(audit: ["machine": "a test"]), progress: { _, _, _ in })
}

/// A profile of ticks of which each saw `main` and, above it, the functions of one name each.
///
/// - Parameter ticks: by tick the functions that its threads were in; `nil` for `main` alone.
func planted(_ ticks: [[String?]], schedule: Schedule = .jittered) -> Profile {
    var profile = Profile(design: "signal", kind: .sampling)
    profile.schedule = schedule
    profile.rate = 1000
    var symbols = SymbolInterning()
    let location = { (symbols: inout SymbolInterning, name: String) in
        symbols.intern(Function(name: name, qualname: name, file: "w.py", line: 1), line: 1)
    }
    for (number, threads) in ticks.enumerated() {
        for (thread, function) in threads.enumerated() {
            let names = ["main"] + [function].compactMap { $0 }
            let stack = profile.stacks.intern(rootFirst: names.map { location(&symbols, $0) })
            profile.samples.append(
                Sample(
                    stack: stack, thread: thread, tick: number, instant: Int64(number) * 1_000_000, count: 1,
                    nanoseconds: 1_000_000))
        }
    }
    profile.functions = symbols.functions
    profile.locations = symbols.locations
    profile.threads = (0..<(ticks.map(\.count).max() ?? 0)).map {
        ThreadLife(id: Int64($0), name: "", nanoseconds: 1_000_000 * Int64(ticks.count))
    }
    var ledger = Ledger()
    ledger.due = ticks.count + 1
    ledger.taken = ticks.count
    profile.ledger = ledger
    return profile
}

/// What a workload would write last.
func truthLine(_ shares: [String: Double], byCPU cpuShares: [String: Double]? = nil, seconds: Double = 1) -> String {
    var object: [String: Any] = ["truth": shares, "within": "main", "seconds": seconds]
    object["cpuTruth"] = cpuShares
    let data = try? JSONSerialization.data(withJSONObject: object)
    return "said before\n" + String(decoding: data ?? Data(), as: UTF8.self) + "\n"
}
