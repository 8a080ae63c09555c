import ProfileModel
import Statistics

/// How the intervals of a run are made, or why there are none.
enum IntervalMethod: Equatable {
    case collapsedStrata
    case wilson
    case measured
    case instantsNotOurs
    case periodic
    case unknownSchedule

    init(_ profile: Profile) {
        let isTicks = profile.samples.allSatisfy { $0.tick != nil }
        switch (profile.kind, profile.schedule) {
        case (.tracing, _): self = .measured
        case (.sampling, _) where !profile.instantsAreOwn: self = .instantsNotOurs
        case (.sampling, nil): self = .unknownSchedule
        case (.sampling, _) where !isTicks: self = .unknownSchedule
        case (.sampling, .jittered): self = .collapsedStrata
        case (.sampling, .poisson): self = .wilson
        case (.sampling, .periodic): self = .periodic
        }
    }

    /// The interval of a share; `nil` where the method has none.
    func bounds(_ sums: TickSums, _ totals: TickTotals, confidence: Double = 0.95) -> Bounds? {
        switch self {
        case .collapsedStrata: ShareInterval.jittered(sums, totals, confidence: confidence)
        case .wilson: ShareInterval.poisson(sums, totals, confidence: confidence)
        case .measured, .instantsNotOurs, .periodic, .unknownSchedule: nil
        }
    }

    var words: String {
        switch self {
        case .collapsedStrata: "collapsed-strata Wilson, 95 %"
        case .wilson: "Wilson, 95 %"
        case .measured: "none: measured, not sampled"
        case .instantsNotOurs: "none: the program picks the instants"
        case .periodic: "none: periodic ticks"
        case .unknownSchedule: "none: unknown schedule"
        }
    }

    /// Why there is no interval.
    func caveat(design: String) -> Caveat? {
        switch self {
        case .collapsedStrata, .wilson:
            nil
        case .measured:
            Caveat(
                code: "as-measured",
                text: "\(design) measures every call, so it has no sampling error; but it slows what it "
                    + "measures, calls most of all, and how much that shifts the shares one run cannot show.")
        case .instantsNotOurs:
            Caveat(
                code: "instants-not-ours",
                text: "The program decides when \(design) may look, so no interval is valid; only the "
                    + "worst-case bounds are given.")
        case .periodic:
            Caveat(
                code: "periodic-no-interval",
                text: "Periodic ticks may run in step with the program, so one run gives no valid interval; "
                    + "the jittered and poisson schedules do.")
        case .unknownSchedule:
            Caveat(
                code: "unknown-schedule",
                text: "The profile does not say when \(design) looked, so no interval is valid.")
        }
    }
}
