import ProfileModel

/// What the shares of a run are parts of, and what its weights are worth in seconds.
struct RunTime {
    /// What the summed weights are parts of, in their unit.
    let whole: Double
    let secondsPerWeight: Double

    /// A tracer's weights are nanoseconds, and time that it was not told of counts too, unless the shares
    /// are of one function's time. A sampler's weights are parts of the thread-time.
    init(_ profile: Profile, _ load: StackLoad, _ scope: RunScope) {
        let threadTime = profile.threads.reduce(0) { $0 + Double(max(0, $1.nanoseconds)) }
        switch profile.kind {
        case .tracing:
            // Times that include those of others add up to more than the whole.
            let seen = profile.tellsSelfTime ? load.wholeRun : 0
            whole = scope.within == nil ? max(threadTime, seen) : load.inScope
            secondsPerWeight = 1e-9
        case .sampling:
            whole = load.inScope
            secondsPerWeight = load.wholeRun > 0 ? Self.seconds(profile, threadTime) / load.wholeRun : 0
        }
    }

    /// A foreign profile may tell of no thread; its samples' times then are all there is, or the run's length.
    private static func seconds(_ profile: Profile, _ threadTime: Double) -> Double {
        if threadTime > 0 { return threadTime / 1e9 }
        let sampled = profile.samples.reduce(0) { $0 + Double(max(0, $1.nanoseconds)) }
        return sampled > 0 ? sampled / 1e9 : profile.seconds
    }
}
