import Capture
import Foundation
import Glibc
import Measuring
import Running

/// One start of an experiment: measures what its store lacks, round by round.
public struct ExperimentRun {
    private let plan: Plan
    private let store: Store
    private let measuring: CellMeasuring
    private let session: Int64
    private var random: RandomSource
    private var queues: [BlockQueue]
    private var moment = MachineMoment()
    private var timing: TimeLeft

    /// How an experiment's run went.
    public struct Summary: Sendable {
        public var measured = 0
        public var failed = 0
    }

    /// - Parameters:
    ///   - retry: whether cells that were given up are tried again.
    ///   - build: the swprof that runs it.
    public init(_ plan: Plan, store: Store, quick: Bool, retry: Bool, build: String) throws(RunningError) {
        try self.init(
            plan, store: store, quick: quick, retry: retry, build: build,
            starter: BlockLaunch(limits: plan.spec.limits, environment: plan.spec.environment))
    }

    init(_ plan: Plan, store: Store, quick: Bool, retry: Bool, build: String, starter: any BlockStarter)
        throws(RunningError)
    {
        self.plan = plan
        self.store = store
        measuring = CellMeasuring(starter: starter, spec: plan.spec)
        let counts = try store.counts()
        queues = []
        for block in plan.blocks {
            queues.append(try BlockQueue(block, runs: plan.spec.runs, counts: counts, store: store, retry: retry))
        }
        timing = TimeLeft(counts)
        if queues.contains(where: { !$0.isFinished }) {
            session = try store.beginSession(plan, quick: quick, build: build, audit: ExperimentAudit.take(plan))
        } else {
            session = 0
        }
        random = RandomSource(seed: plan.spec.seed &+ UInt64(bitPattern: session) &* 0x9e37_79b9)
    }

    /// Whether all is measured already.
    public var isFinished: Bool { queues.allSatisfy(\.isFinished) }

    /// Passes through all blocks in a new random order each time, one round of each, until none lacks a run.
    ///
    /// - Parameter progress: told what is run next, and how long all of it may take yet.
    public mutating func run(progress: (String) -> Void) async throws(RunningError) -> Summary {
        var summary = Summary()
        while !isFinished {
            for index in queues.indices.shuffled(using: &random) where !queues[index].isFinished {
                try await round(index, &summary, progress)
            }
        }
        if summary.measured > 0 { try store.settle() }
        return summary
    }

    private mutating func round(_ index: Int, _ summary: inout Summary, _ progress: (String) -> Void)
        async throws(RunningError)
    {
        let due = queues[index].cellsOfNextRound()
        var round = try openRound(index, due: due.count)
        for cell in due.shuffled(using: &random) where !queues[index].isDone(cell, in: round) {
            progress("\(queues[index].block.label) · \(cell.arm.name) · \(timing.text(queues))")
            let measurement = await measuring.measure(
                cell.arm, of: queues[index].block, isFirst: queues[index].count(cell).ended == 0,
                under: .random(using: &random))
            try checkInterrupted()
            try checkRoom(measurement)
            let number = queues[index].numbers[cell.id] ?? 0
            try store.add(measurement, cell: number, to: round, session: session)
            round.measured.insert(number)
            queues[index].note(measurement, of: cell)
            timing.note(measurement, of: cell)
            summary.measured += 1
            if measurement.why != nil { summary.failed += 1 }
        }
    }

    private mutating func openRound(_ index: Int, due: Int) throws(RunningError) -> OpenRound {
        moment = MachineMoment(since: moment)
        if let interrupted = queues[index].takeOpenRound() { return interrupted }
        return try store.beginRound(queues[index].number, due: due, session: session, moment)
    }

    /// What a signal has ended is no measurement.
    private func checkInterrupted() throws(RunningError) {
        guard SignalForwarding.isWaiting else { return }
        SignalForwarding.deliver()
        throw .failed("interrupted; what was measured is stored, and a further run goes on from there")
    }

    /// A run that failed because nothing can be written says nothing of its cell.
    private func checkRoom(_ measurement: Measurement) throws(RunningError) {
        guard measurement.why != nil else { return }
        let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        var room = statvfs()
        guard statvfs(folder, &room) == 0, UInt64(room.f_bavail) * UInt64(room.f_frsize) < 1 << 20 else { return }
        throw .failed(
            "the disk of \(folder) is full; what was measured until now is stored; make room, or set TMPDIR, and run it again"
        )
    }
}
