import ProfileModel

/// What a sample weighs.
enum WeightUnit {
    case count
    /// Nanoseconds over a unit.
    case nanoseconds(unit: Double)
    /// The same where weights differ by what samples stand for of lost ticks, and by nothing else: each is 1 and some halves.
    case filled(unit: Double)

    /// What a tick sees of a thread weighs 1, or more where it stands for lost ticks, too; all else goes by time. A
    /// foreign sampler's samples may stand for any time each, or give no time at all.
    init(_ profile: Profile) {
        let isTicks = profile.kind == .sampling && profile.samples.allSatisfy { $0.tick != nil }
        let least = profile.samples.lazy.map(\.nanoseconds).filter { $0 > 0 }.min()
        switch (profile.kind, isTicks, least) {
        case (.tracing, _, _): self = .nanoseconds(unit: 1)
        case (.sampling, true, let least?) where Self.isFilled(profile, least): self = .filled(unit: Double(least))
        case (.sampling, true, _) where profile.clock == .wall: self = .count
        case (.sampling, true, let least): self = .nanoseconds(unit: Double(least ?? 1))
        case (.sampling, false, nil): self = .count
        case (.sampling, false, _): self = .nanoseconds(unit: 1)
        }
    }

    /// Time alone; counts where a sampler's profile gives none.
    init(timeOf profile: Profile) {
        let hasTime = profile.kind == .tracing || profile.samples.contains { $0.nanoseconds > 0 }
        self = hasTime ? .nanoseconds(unit: 1) : .count
    }

    private static func isFilled(_ profile: Profile, _ least: Int64) -> Bool {
        guard let ledger = profile.ledger, ledger.lost > 0 || ledger.threadSamplesLost > 0 else { return false }
        return profile.samples.allSatisfy {
            (2 * Double($0.nanoseconds) / Double(least)).truncatingRemainder(dividingBy: 1) == 0
        }
    }

    /// Whether samples stand for lost ticks, too.
    var isFilled: Bool {
        if case .filled = self { true } else { false }
    }

    /// Never negative, whatever a file says.
    func weight(of sample: Sample) -> Double {
        switch self {
        case .count: Double(max(0, sample.count))
        case .nanoseconds(let unit), .filled(let unit): Double(max(0, sample.nanoseconds)) / unit
        }
    }

    /// The part of a weight that is not of lost ticks.
    func seen(of weight: Double) -> Double { isFilled ? 1 : weight }
}
