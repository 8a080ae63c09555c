import ProfileModel

/// Where one run's time went, by stack, in nanoseconds: what runs of different lengths are compared by.
///
/// A tracer measured it. A sampler's samples are shares of its thread-time, by their weights: ticks
/// that were lost are taken to be like those that were not, and the worst-case bounds say what if not.
struct StackTime {
    /// By stack: with just this stack.
    let own: [Double]
    /// The thread-time.
    let whole: Double

    init(_ profile: Profile) {
        let load = StackLoad(profile, Scope(wholeOf: profile), WeightUnit(timeOf: profile))
        whole = load.wholeTime
        let isScaled = profile.kind == .sampling && load.wholeRun > 0
        let nanoseconds = isScaled ? load.wholeTime / load.wholeRun : 1
        own = isScaled ? load.weight.map { $0 * nanoseconds } : load.weight
    }
}
