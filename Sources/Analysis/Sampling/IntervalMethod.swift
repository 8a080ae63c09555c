import ProfileModel
import Statistics

/// How the intervals of a run are made, or why there are none.
enum IntervalMethod: Equatable {
    case jittered
    case poisson
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
        case (.sampling, .jittered): self = .jittered
        case (.sampling, .poisson): self = .poisson
        case (.sampling, .periodic): self = .periodic
        }
    }

    /// The interval of a share; `nil` where the method has none.
    func bounds(_ sums: TickSums, _ totals: TickTotals, confidence: Double = 0.95) -> Bounds? {
        switch self {
        case .jittered: ShareInterval.jittered(sums, totals, confidence: confidence)
        case .poisson: ShareInterval.poisson(sums, totals, confidence: confidence)
        case .measured, .instantsNotOurs, .periodic, .unknownSchedule: nil
        }
    }

    /// - Parameter used: whose intervals the figures have; none where there are no ticks.
    func words(_ used: Set<BinomialInterval.Method>) -> String {
        let names = BinomialInterval.Method.allCases.filter(used.contains).map(\.rawValue)
        let all = (names.dropLast(2) + [names.suffix(2).joined(separator: " and ")]).joined(separator: ", ")
        return switch self {
        case .jittered where used.isEmpty, .poisson where used.isEmpty: "none: no valid sample"
        case .jittered: "collapsed-strata \(all), 95 %"
        case .poisson: "\(all), 95 %"
        case .measured: "none: measured, not sampled"
        case .instantsNotOurs: "none: the program picks the instants"
        case .periodic: "none: periodic ticks"
        case .unknownSchedule: "none: unknown schedule"
        }
    }

    /// Why there is no interval.
    func caveat(design: String) -> Caveat? {
        switch self {
        case .jittered, .poisson:
            nil
        case .measured:
            Caveat(
                code: "as-measured",
                text:
                    "\(design) measures every call, so there is no sampling error; but it slows the program, calls most of "
                    + "all, and one run cannot show how far that shifts the shares.")
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

extension IntervalMethod {
    var isValid: Bool { self == .jittered || self == .poisson }

    /// The variance over that of independent ticks; `nil` where no variance is known.
    func designEffect(_ sums: TickSums, _ totals: TickTotals) -> Double? {
        switch self {
        case .jittered: DesignEffect.jittered(sums, totals)
        case .poisson: DesignEffect.poisson(sums, totals)
        case .measured, .instantsNotOurs, .periodic, .unknownSchedule: nil
        }
    }
}
