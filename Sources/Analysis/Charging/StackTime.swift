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
    private let unit: WeightUnit
    private let nanosecondsPerWeight: Double

    init(_ profile: Profile) {
        unit = WeightUnit(timeOf: profile)
        let load = StackLoad(profile, Scope(wholeOf: profile), unit)
        guard profile.kind == .sampling else {
            (own, whole, nanosecondsPerWeight) = (load.weight, load.wholeTime, 1)
            return
        }
        // Where no time is known at all, the counts are the times.
        let time = load.wholeTime > 0 ? load.wholeTime : load.wholeRun
        let nanoseconds = load.wholeRun > 0 ? time / load.wholeRun : 1
        (own, whole, nanosecondsPerWeight) = (load.weight.map { $0 * nanoseconds }, time, nanoseconds)
    }

    /// What one sample adds to its stack's.
    func nanoseconds(of sample: Sample) -> Double { unit.weight(of: sample) * nanosecondsPerWeight }
}
