import ProfileModel

/// What a tracer measured of the callees of the calibrating program, themselves alone.
struct CalleeTimes {
    /// Nanoseconds a call, by loop and pass.
    private(set) var times: [CalibrationLoop: [Int: Double]] = [:]
    /// Lines that were run, a call.
    private(set) var hits: [CalibrationLoop: Double] = [:]

    init(_ profile: Profile) {
        let callees = Places(ofStacks: CalibrationPath.ofCallees(profile))
        let scope = Scope(wholeOf: profile)
        let tally = Tally(callees, weights: StackLoad(profile, scope, WeightUnit(profile)).weight, profile, scope)
        for (path, sum) in zip(tally.keys, tally.entries) where sum.calls > 0 {
            times[path.loop, default: [:]][path.pass] = sum.own / Double(sum.calls)
            hits[path.loop] = Double(sum.hits) / Double(sum.calls)
        }
    }

    /// The median over passes, at the pace of the process itself.
    func time(of loop: CalibrationLoop, in printed: PrintedLoops) -> Double? {
        printed.medianTime(of: loop, times[loop, default: [:]])
    }
}
