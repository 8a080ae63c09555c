import Measuring
import ProfileModel
import Running

/// Runs workloads by `signal` until there are enough runs of each kind.
struct RunCollecting {
    let experiment: Experiment
    /// What the progress is called.
    let name: String

    /// One run of each kind after the other, so that a slow hour of the machine falls on all alike.
    ///
    /// - Parameter isEnough: of so many runs, with so many ticks together.
    /// - Throws: the first failure, once all that can be run has been.
    func collect(_ kinds: [RunKind], isEnough: (RunKind, _ runs: Int, _ ticks: Int) -> Bool) async throws {
        var failures = Failures()
        while true {
            let pending = try kinds.filter { kind in
                let stored = try experiment.store.extent(of: kind)
                return !failures.isGivenUp(kind) && !isEnough(kind, stored.runs, stored.ticks)
            }
            experiment.progress("\(name), kinds of run", kinds.count - pending.count, kinds.count)
            for kind in pending {
                do { try await run(kind) } catch { failures.add(error, of: kind) }
            }
            guard pending.isEmpty else { continue }
            if let first = failures.first { throw first }
            return
        }
    }

    private func run(_ kind: RunKind) async throws {
        let rate = try await rate(kind)
        let number = try experiment.store.extent(of: kind).runs
        let seed = experiment.seed.of(
            "run", kind.workload.name, kind.arm.schedule?.rawValue ?? "", String(kind.aim), kind.arm.condition,
            String(number))
        var arm = kind.arm
        arm.rate = rate
        try experiment.store.checkUnchanged(kind.workload)
        let started = arm.clock == .cpu ? kind.workload.byCPU : kind.workload
        try experiment.store.checkUnchanged(started)
        let run = try await experiment.starter.profile(started, arm, Conditions(seed: seed))
        let truth = try Truth(lastLineOf: run.output, of: kind.workload.path)
        let shares = try truth.shares(by: arm.clock ?? .wall, of: kind.workload.path)
        let reading = try RunReading(run.profile, shares, within: truth.within)
        let record = RunRecord(
            reading, of: kind, number: number, rate: rate, seed: seed, seconds: truth.seconds ?? 0,
            session: experiment.session)
        try experiment.store.insert(record, reading.shares)
    }

    private func rate(_ kind: RunKind) async throws -> Double {
        if kind.aim == RunKind.byRate { return 1000 }
        if let rate = kind.workload.rate { return rate }
        return Double(kind.aim) / (try await pace(kind.workload) * kind.workload.part)
    }

    /// The median of a few recorded runs' wall seconds under `main`: the same in every session.
    private func pace(_ workload: Workload) async throws -> Double {
        let count = min(Self.paceTimelines, experiment.extent.timelines)
        let timelines = try await TimelineRecording(experiment: experiment).timelines(workload, count)
        return Double(timelines.map(\.timeline.length).sorted()[count / 2]) / 1e9
    }

    private static let paceTimelines = 3
}

/// Kinds of run that failed, and why: one failure may be chance, and the others go on.
private struct Failures {
    private static let most = 3
    private var counts: [String: Int] = [:]
    private(set) var first: (any Error)?

    mutating func add(_ error: any Error, of kind: RunKind) {
        counts[key(kind), default: 0] += 1
        first = first ?? error
    }

    func isGivenUp(_ kind: RunKind) -> Bool { counts[key(kind), default: 0] >= Self.most }

    private func key(_ kind: RunKind) -> String { "\(kind.workload.name) \(kind.arm.name) \(kind.arm.condition)" }
}
