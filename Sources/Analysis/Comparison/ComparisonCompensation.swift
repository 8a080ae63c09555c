import ProfileModel
import Statistics

/// The compensated times of one run, by function.
struct TallyCompensation {
    struct Place {
        var own: CompensatedTime
        var total: CompensatedTime
    }

    let costs: ProbeCosts
    private(set) var functions: [Function: Place] = [:]
    private(set) var whole: CompensatedTime

    /// `nil` for samplers, and for tracers that were not calibrated.
    ///
    init?(_ profile: Profile, _ time: StackTime, _ places: RunPlaces) {
        guard profile.kind == .tracing, let costs = profile.probeCosts, costs.isSound else { return nil }
        self.costs = costs
        let load = CompensatedLoad(profile, costs, holds: Array(repeating: true, count: profile.stacks.count))
        // Time that the tracer was not told of is the program's.
        let untold = time.whole - time.own.reduce(0, +)
        whole = load.whole + CompensatedTime(value: untold, slopes: CompensatedTime.zero(costs).slopes, gross: untold)
        let (own, total) = (load.times(places.functionSelf), load.times(places.functionTotal))
        for (place, function) in places.functions.keys.enumerated() { functions[function] = Place(own: own[place], total: total[place]) }
    }
}

/// The compensated times of all runs of a design.
struct ArmCompensation {
    let costs: ProbeCosts
    private let tallies: [TallyCompensation]
    private let whole: CompensatedTime
    private let confidence: Double

    /// `nil` unless all runs are calibrated, and alike.
    init?(_ arm: ComparisonArm) {
        tallies = arm.runs.compactMap(\.tally.compensated)
        guard let costs = tallies.first?.costs, tallies.count == arm.runs.count, tallies.allSatisfy({ $0.costs == costs }) else { return nil }
        self.costs = costs
        whole = .mean(of: tallies.map(\.whole), costs)
        confidence = arm.confidence
    }

    /// The mean over runs, with what calibration and runs leave uncertain; `nil` where it would be no better than what was measured.
    func estimate(_ function: Function, _ time: (TallyCompensation.Place) -> CompensatedTime) -> Compensated? {
        guard costs.improves else { return nil }
        let times = tallies.map { $0.functions[function].map(time) ?? .zero(costs) }
        let part = CompensatedPart(time: .mean(of: times, costs), whole: whole, costs: costs)
        let values = times.map(\.value)
        guard let byTime = source(values, over: values.map { _ in 1 }), let byShare = source(values, over: tallies.map(\.whole.value))
        else { return Compensated(withoutIntervals: part) }
        return Compensated(part, scatter: (byTime, byShare), confidence: confidence)
    }

    /// `nil` of too few runs.
    private func source(_ parts: [Double], over wholes: [Double]) -> CombinedInterval.Source? {
        Jackknife.variance(ofShare: parts, of: wholes).map { .init(variance: $0, degreesOfFreedom: Double(parts.count - 1)) }
    }

    /// Said of the design's functions, the hottest first.
    func caveats(_ functions: [FunctionFinding], design: String) -> [Caveat] {
        // Too few runs have a caveat of their own.
        tallies.count < Jackknife.fewestRounds ? [] : CompensationCaveats.caveats(functions, costs, design: design)
    }
}

extension CompensatedTime {
    fileprivate static func mean(of times: [CompensatedTime], _ costs: ProbeCosts) -> CompensatedTime {
        let sum = times.reduce(.zero(costs), +)
        let count = Double(times.count)
        return CompensatedTime(value: sum.value / count, slopes: sum.slopes.map { $0 / count }, gross: sum.gross / count)
    }
}
