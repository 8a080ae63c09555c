import Analysis
import Capture
import ProfileModel

/// Draws runs of one sampler from a timeline.
struct Replay: Sendable {
    let run: ReplayedRun
    let settings: ReplaySettings
    private let gating: GILGating?
    private let tearing: TornReads?

    init(_ timeline: Timeline, _ settings: ReplaySettings) {
        self.settings = settings
        run = ReplayedRun(timeline, settings)
        gating = settings.design == .gil ? GILGating(timeline.run, run, settings) : nil
        tearing = settings.torn > 0 ? TornReads(timeline.run.stacks, seconds: settings.torn) : nil
    }

    /// One run: its profile, and what it saw.
    func draw(_ number: Int) -> (profile: Profile, sight: ReplayTally.Sight) {
        var random = RandomSource(seed: settings.seed &+ UInt64(number) &* 0x9e37_79b9_7f4a_7c15)
        let schedule = TickSchedule(
            TickSchedule.Kind(settings.schedule), rate: settings.rate, seed: random.next())
        let phase = settings.phase ?? (settings.schedule == .periodic ? random.uniform() : 0)
        let begin = Int64(phase * schedule.interval)
        var samples = ReplayedSamples(run, ticks: Double(run.length) / schedule.interval)
        var loss = ReplayedLoss(settings.loss, seed: random.next())
        var impossible = 0
        if let gating {
            gating.take(schedule, from: -begin) { tick, look in
                add(tick, look, &loss, &samples)
            }
        } else {
            impossible = take(schedule, from: -begin, &loss, &samples)
        }
        let sight = ReplayTally.Sight(
            ticks: samples.ledger.taken, stacks: samples.ledger.threadSamples, impossible: impossible,
            hasWholeStacks: tearing == nil)
        return (samples.profile(of: run), sight)
    }

    /// All ticks within the run.
    ///
    /// - Parameter start: when the schedule begins, in nanoseconds since the run does.
    /// - Returns: how many stacks cannot be.
    private func take(
        _ schedule: TickSchedule, from start: Int64, _ loss: inout ReplayedLoss, _ samples: inout ReplayedSamples
    ) -> Int {
        var schedule = schedule
        var impossible = 0
        while true {
            let tick = schedule.next()
            let instant = start + tick.due
            guard instant < run.length else { return impossible }
            guard instant >= 0 else { continue }
            var look = look(at: run.instant(instant))
            if let tearing {
                for at in look.indices {
                    let read = tearing.read(run.threads[look[at].thread], at: run.instant(instant))
                    look[at].stack = read.stack
                    impossible += read.isPossible ? 0 : 1
                }
            }
            add(tick, GILGating.Look(stacks: look, instant: instant), &loss, &samples)
        }
    }

    private func look(at instant: Int64) -> [(thread: Int, stack: Int)] {
        run.threads.indices.compactMap { thread in
            run.threads[thread].stack(at: instant).map { (thread, $0) }
        }
    }

    /// - Parameter look: what is seen; `nil` where it was too late for it.
    private func add(
        _ tick: TickSchedule.Tick, _ look: GILGating.Look?, _ loss: inout ReplayedLoss,
        _ samples: inout ReplayedSamples
    ) {
        guard let look else { return samples.add(tick, [], of: [0], instant: tick.due) }
        let isLost = loss.next()
        samples.add(tick, isLost ? [] : look.stacks, of: look.stacks.map(\.thread), instant: look.instant)
    }
}

extension TickSchedule.Kind {
    init(_ schedule: Schedule) {
        self =
            switch schedule {
            case .jittered: .jittered
            case .poisson: .poisson
            case .periodic: .periodic
            }
    }
}
