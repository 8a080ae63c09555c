import ProfileModel

/// What the samples of a run put on each stack of its table, and what that is a part of.
struct StackLoad {
    /// Weight by stack, in scope.
    private(set) var weight: [Double]
    /// Samples by stack, in scope.
    private(set) var samples: [Double]
    /// The part of the weight that stands for lost ticks, by stack, in scope.
    private(set) var lost: [Double]
    /// Stacks seen, in scope: a foreign sample may stand for many.
    private(set) var stacksSeen = 0.0
    /// Weight by thread, in scope.
    private(set) var weightOfThread: [Double]
    /// The weight of all samples, whether in scope or not.
    private(set) var wholeRun = 0.0
    /// What the summed weights are parts of, in their unit.
    private(set) var whole = 0.0
    private(set) var secondsPerWeight = 0.0
    /// The time of the whole run, in nanoseconds.
    private(set) var wholeTime = 0.0

    /// The weight of everything in scope.
    var inScope: Double { weightOfNoThread + weightOfThread.reduce(0, +) }
    private var weightOfNoThread = 0.0

    init(_ profile: Profile, _ scope: Scope, _ unit: WeightUnit) {
        weight = Array(repeating: 0, count: profile.stacks.count)
        samples = weight
        lost = weight
        weightOfThread = Array(repeating: 0, count: profile.threads.count)
        for sample in profile.samples {
            let worth = unit.weight(of: sample)
            wholeRun += worth
            guard scope.holds[sample.stack.index] else { continue }
            add(sample, worth)
            lost[sample.stack.index] += worth - unit.seen(of: sample)
        }
        relate(to: profile, scope)
    }

    private mutating func add(_ sample: Sample, _ worth: Double) {
        weight[sample.stack.index] += worth
        samples[sample.stack.index] += 1
        stacksSeen += Double(max(0, sample.count))
        if weightOfThread.indices.contains(sample.thread) {
            weightOfThread[sample.thread] += worth
        } else {
            weightOfNoThread += worth
        }
    }

    /// A tracer's weights are nanoseconds, and time that it was not told of counts too, unless the shares
    /// are of one function's time. A sampler's weights are parts of the thread-time.
    private mutating func relate(to profile: Profile, _ scope: Scope) {
        switch profile.kind {
        case .tracing:
            wholeTime = profile.wholeTime(measured: wholeRun)
            whole = scope.within == nil ? wholeTime : inScope
            secondsPerWeight = 1e-9
        case .sampling:
            wholeTime = profile.wholeTime(measured: profile.samples.reduce(0) { $0 + Double(max(0, $1.nanoseconds)) })
            whole = inScope
            secondsPerWeight = wholeRun > 0 ? wholeTime / 1e9 / wholeRun : 0
        }
    }
}

extension Profile {
    /// The time of the whole run, in nanoseconds: the thread-time, or what the profile has in its stead.
    ///
    /// - Parameter measured: what its samples add up to.
    fileprivate func wholeTime(measured: @autoclosure () -> Double) -> Double {
        let threadTime = threads.reduce(0.0) { $0 + Double(max(0, $1.nanoseconds)) }
        // Times that include those of others add up to more than the whole.
        if kind == .tracing { return max(threadTime, tellsSelfTime ? measured() : 0) }
        if threadTime > 0 { return threadTime }
        let measured = measured()
        return measured > 0 ? measured : seconds * 1e9
    }
}
