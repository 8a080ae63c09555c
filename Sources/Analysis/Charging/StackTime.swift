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
        guard profile.kind == .sampling else {
            (own, whole) = (load.weight, load.wholeTime)
            return
        }
        // Where no time is known at all, the counts are the times.
        let time = load.wholeTime > 0 ? load.wholeTime : load.wholeRun
        let nanoseconds = load.wholeRun > 0 ? time / load.wholeRun : 1
        (own, whole) = (load.weight.map { $0 * nanoseconds }, time)
    }
}
