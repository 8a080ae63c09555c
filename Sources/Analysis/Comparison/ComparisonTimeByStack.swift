import ProfileModel

/// Where one run's time went, by stack.
///
/// A tracer measured it. A sampler's samples are shares of its thread-time, by their weights: ticks
/// that were lost are taken to be like those that were not, and the worst-case bounds say what if not.
struct TimeByStack {
    /// By stack: nanoseconds with just this stack.
    var own: [Double]
    /// The thread-time, in nanoseconds.
    var whole: Double

    init(_ profile: Profile) {
        own = Array(repeating: 0, count: profile.stacks.count)
        for sample in profile.samples { own[sample.stack.index] += Double(max(0, sample.nanoseconds)) }
        let seen = own.reduce(0, +)
        let threadTime = profile.threads.reduce(0.0) { $0 + Double(max(0, $1.nanoseconds)) }
        // A profile that does not tell its threads' lives, or less than it saw in them, is a whole by itself.
        let least = profile.tellsSelfTime ? seen : 0
        whole = profile.kind == .tracing ? max(threadTime, least) : threadTime > 0 ? threadTime : seen
        guard profile.kind == .sampling, seen > 0 else { return }
        for stack in own.indices { own[stack] *= whole / seen }
    }
}
