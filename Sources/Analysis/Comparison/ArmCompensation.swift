import ProfileModel
import Statistics

/// The compensated times of all runs of a design.
struct ArmCompensation {
    let costs: ProbeCosts
    private let tallies: [TallyCompensation]
    private let whole: CompensatedTime
    private let confidence: Double

    /// `nil` unless all runs are calibrated, and alike.
    init?(_ arm: ComparisonArm) {
        tallies = arm.runs.compactMap(\.tally.compensated)
        guard let costs = tallies.first?.costs, tallies.count == arm.runs.count,
            tallies.allSatisfy({ $0.costs == costs })
        else { return nil }
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
        guard let byTime = source(values, over: values.map { _ in 1 }),
            let byShare = source(values, over: tallies.map(\.whole.value))
        else { return Compensated(withoutIntervals: part) }
        return Compensated(part, scatter: (byTime, byShare), confidence: confidence)
    }

    /// `nil` of too few runs.
    private func source(_ parts: [Double], over wholes: [Double]) -> CombinedInterval.Source? {
        Jackknife.variance(ofShare: parts, of: wholes).map {
            .init(variance: $0, degreesOfFreedom: Double(parts.count - 1))
        }
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
        return CompensatedTime(
            value: sum.value / count, slopes: sum.slopes.map { $0 / count }, gross: sum.gross / count)
    }
}
