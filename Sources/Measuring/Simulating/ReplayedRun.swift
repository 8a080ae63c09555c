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
        // In a timeline in which nothing takes any time no instant is anywhere.
        (begin, period) = (span.lowerBound, max(1, Int64(span.count)))
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
