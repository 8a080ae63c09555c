import Analysis
import ProfileModel
import Running
import Statistics

/// Holds what the product says of a profiled run against what the run says of itself.
struct RunReading {
    /// Ticks that saw the program within the function that the truth is of.
    let ticks: Int
    /// By name.
    let shares: [RunShare]
    /// Whether the product says that the program is in step with the ticks.
    let aliasing: Bool
    let ledger: Ledger

    init(_ profile: Profile, _ truth: [String: Double], within: String) throws {
        let findings: RunFindings
        do {
            findings = try RunAnalysis.findings(of: profile, within: within)
        } catch {
            throw RunningError.failed(error.description)
        }
        let totals = Self.totals(profile, within: within)
        ticks = Int(totals.on)
        ledger = profile.ledger ?? Ledger()
        aliasing = findings.caveats.contains { $0.code == "aliasing" }
        let unseen = Self.unseen(profile.schedule, totals.all)
        shares = truth.sorted { $0.key < $1.key }.map { function, share in
            let total = findings.functions.first { $0.name == function && $0.file != nil }?.total
            return RunShare(
                function: function, truth: share, share: total?.share ?? 0,
                low: total == nil ? unseen?.low : total?.low, high: total == nil ? unseen?.high : total?.high)
        }
    }

    /// The product lists no function that no tick saw. Left out, only runs that overrate a rare one would
    /// count: so it gets the interval that the same ticks give to a place with none of them.
    private static func unseen(_ schedule: Schedule?, _ totals: TickTotals) -> Bounds? {
        switch schedule {
        case .jittered: ShareInterval.jittered(TickSums(), totals)
        case .poisson: ShareInterval.poisson(TickSums(), totals)
        case .periodic, nil: nil
        }
    }

    /// All ticks, weighted by their threads within (on the CPU clock, by those that ran); and how many have any.
    private static func totals(_ profile: Profile, within function: String) -> (all: TickTotals, on: Double) {
        let isWithin = stacks(profile, under: function)
        var weights: [Int: Double] = [:]
        for sample in profile.samples {
            let counts = isWithin[sample.stack.index] && (profile.clock == .wall || sample.nanoseconds > 0)
            weights[sample.tick ?? 0, default: 0] += counts ? 1 : 0
        }
        var totals = TickTotals()
        totals.ticks = Double(weights.count)
        totals.w = weights.values.reduce(0, +)
        totals.ww = weights.values.reduce(0) { $0 + $1 * $1 }
        return (totals, Double(weights.values.count { $0 > 0 }))
    }

    private static func stacks(_ profile: Profile, under function: String) -> [Bool] {
        var isUnder = Array(repeating: false, count: profile.stacks.count)
        for stack in isUnder.indices.dropFirst() {
            isUnder[stack] =
                isUnder[Int(profile.stacks.parents[stack])]
                || profile.function(at: profile.stacks.locations[stack]).name == function
        }
        return isUnder
    }
}
