import Capture
import ProfileFormats
import ProfileModel

/// The run that is replayed: a timeline, cut or repeated to the length that is asked for.
struct ReplayedRun: Sendable {
    let threads: [IndexedThread]
    /// Where the timeline begins, and how long it is, in nanoseconds.
    let begin: Int64
    let period: Int64
    /// How long the run is, in nanoseconds.
    let length: Int64
    /// As a sampler's profile, without samples.
    let profile: Profile
    /// By stack, how long it stands in the run.
    let times: [Double]

    init(_ timeline: Timeline, _ settings: ReplaySettings) {
        let span = timeline.span
        (begin, period) = (span.lowerBound, Int64(span.count))
        length = settings.seconds.map { max(1, Int64(min($0 * 1e9, 1e18))) } ?? period
        threads = timeline.threads.map { IndexedThread($0) }
        var profile = timeline.run
        profile.design = settings.design.rawValue
        profile.kind = .sampling
        profile.schedule = settings.schedule
        profile.rate = settings.rate
        profile.instantsAreOwn = settings.design.facts.instantsAreOwn
        profile.probeCosts = nil
        profile.caveats = []
        self.profile = profile
        times = Self.times(timeline, begin: begin, period: period, length: length)
    }

    /// The instant of the timeline that a run's is, in nanoseconds since its beginning.
    func instant(_ sinceBeginning: Int64) -> Int64 { begin + sinceBeginning % period }

    private static func times(_ timeline: Timeline, begin: Int64, period: Int64, length: Int64) -> [Double] {
        let whole = Double(length / period)
        let rest = begin + length % period
        var times = [Double](repeating: 0, count: timeline.run.stacks.count)
        for thread in timeline.threads {
            for stretch in thread.begins.indices {
                let (from, to) = (thread.begins[stretch], thread.end(of: stretch))
                let again = Double(max(0, min(to, rest) - from))
                times[Int(thread.stacks[stretch])] += whole * Double(to - from) + again
            }
        }
        return times
    }
}

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
