import Capture
import ProfileFormats
import ProfileModel

/// The samples of one replay while they are drawn, and what becomes of its ticks.
struct ReplayedSamples {
    private(set) var samples: [Sample] = []
    private(set) var ledger = Ledger()
    private var filling = LossFilling()
    /// Whether lost ticks are made up for, as by designs whose instants are their own.
    private let fills: Bool

    init(_ run: ReplayedRun, ticks: Double) {
        fills = run.profile.instantsAreOwn
        samples.reserveCapacity(Int(min(ticks * 1.1, 1e8)) + 16)
    }

    /// A tick that saw these stacks, by thread; of no thread where it was lost.
    ///
    /// - Parameter threads: those that it should have seen.
    mutating func add(
        _ tick: TickSchedule.Tick, _ stacks: [(thread: Int, stack: Int)], of threads: [Int], instant: Int64
    ) {
        guard !threads.isEmpty else { return }
        ledger.due = Int(tick.number) + 1
        for seen in stacks {
            if fills { filling.note(UInt32(seen.thread), seenAs: samples.count) }
            samples.append(
                Sample(
                    stack: StackID(seen.stack), thread: seen.thread, tick: Int(tick.number), instant: instant, count: 1,
                    nanoseconds: 2, isProbe: tick.isProbe))
        }
        if stacks.isEmpty {
            ledger.missed += 1
            if fills { for thread in threads { filling.note(UInt32(thread), seenAs: nil) } }
        } else {
            ledger.taken += 1
            ledger.threadSamples += stacks.count
        }
    }

    /// The profile that a run with these samples leaves.
    func profile(of run: ReplayedRun) -> Profile {
        var profile = run.profile
        profile.samples = samples
        profile.ledger = ledger
        for (at, halves) in filling.halves { profile.samples[at].nanoseconds += halves }
        return profile
    }
}
