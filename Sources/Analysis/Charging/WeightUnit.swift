import ProfileModel

/// What a sample weighs.
enum WeightUnit {
    case count
    /// Nanoseconds over a unit.
    case nanoseconds(unit: Double)
    /// The same where weights differ by what samples stand for of lost ticks, and by nothing else: each that counts is 1 and some halves.
    case filled(unit: Double)
    /// Of several processes, or of threads whose time is known, each unit times a factor, so that the weights of one part are
    /// to the others' as their times are.
    indirect case ofParts([(unit: WeightUnit, factor: Double)], ofThread: [Int])

    /// What a tick sees of a thread weighs 1, or more where it stands for lost ticks, too; all else goes by time. A
    /// foreign sampler's samples may stand for any time each, or give no time at all.
    init(_ profile: Profile) {
        if profile.kind == .sampling, profile.processes.count > 1 {
            let (threads, processes) = (profile.threads.map(\.process), profile.processes)
            self = Self.ofParts(profile.samples, processes.count, ofThread: threads) {
                WeightUnit(ofProcess: $0, of: profile, processes[$1].ledger)
            }
        } else {
            self.init(ofProcess: profile.samples, of: profile, profile.ledger)
        }
    }

    /// On the CPU clock, what a tick stands for differs by thread.
    private init(ofProcess samples: [Sample], of profile: Profile, _ ledger: Ledger?) {
        let strata = ThreadStrata(samples, threads: profile.threads.count, clock: profile.clock)
        if profile.kind == .sampling, strata.count > 1 {
            self = Self.ofParts(samples, strata.count, ofThread: strata.ofThread) { samples, _ in
                WeightUnit(samples, of: profile, ledger)
            }
        } else {
            self.init(samples, of: profile, ledger)
        }
    }

    private init(_ samples: [Sample], of profile: Profile, _ ledger: Ledger?) {
        let isTicks = profile.kind == .sampling && samples.allSatisfy { $0.tick != nil }
        let told = Self.tick(samples, profile)
        let tick = told ?? samples.lazy.map(\.nanoseconds).filter { $0 > 0 }.min()
        switch (profile.kind, isTicks, tick) {
        case (.tracing, _, _): self = .nanoseconds(unit: 1)
        case (.sampling, true, let tick?) where Self.isFilled(samples, ledger, tick, isTold: told != nil):
            self = .filled(unit: Double(tick))
        case (.sampling, true, _) where profile.clock == .wall: self = .count
        case (.sampling, true, let tick): self = .nanoseconds(unit: Double(tick ?? 1))
        case (.sampling, false, nil): self = .count
        case (.sampling, false, _): self = .nanoseconds(unit: 1)
        }
    }

    private static func ofParts(
        _ samples: [Sample], _ count: Int, ofThread: [Int], _ unit: ([Sample], Int) -> WeightUnit
    ) -> WeightUnit {
        var parts = [[Sample]](repeating: [], count: count)
        for sample in samples where ofThread.indices.contains(sample.thread) {
            parts[ofThread[sample.thread]].append(sample)
        }
        let units = parts.enumerated().map { unit($1, $0) }
        let weights = zip(units, parts).map { unit, samples in samples.reduce(0) { $0 + unit.weight(of: $1) } }
        let times = parts.map { $0.reduce(0.0) { $0 + Double(max(0, $1.nanoseconds)) } }
        let timePerWeight = times.reduce(0, +) / max(weights.reduce(0, +), .leastNormalMagnitude)
        let factors = zip(times, weights).map { $0 > 0 && $1 > 0 ? $0 / $1 / timePerWeight : 1 }
        return .ofParts(zip(units, factors).map { ($0, $1) }, ofThread: ofThread)
    }

    /// Time alone; counts where a sampler's profile gives none.
    init(timeOf profile: Profile) {
        let hasTime = profile.kind == .tracing || profile.samples.contains { $0.nanoseconds > 0 }
        self = hasTime ? .nanoseconds(unit: 1) : .count
    }

    /// What a tick stands for by itself, where the samples' threads are known to agree on that.
    private static func tick(_ samples: [Sample], _ profile: Profile) -> Int64? {
        var tick: Int64?
        for sample in samples where sample.nanoseconds > 0 {
            guard profile.threads.indices.contains(sample.thread) else { return nil }
            let own = profile.threads[sample.thread].tick
            guard own > 0, tick == nil || tick == own else { return nil }
            tick = own
        }
        return tick
    }

    /// Where a tick's own part is not told it is taken to be the smallest, and all others then are whole halves of it.
    private static func isFilled(_ samples: [Sample], _ ledger: Ledger?, _ tick: Int64, isTold: Bool) -> Bool {
        guard let ledger, ledger.lost > 0 || ledger.threadSamplesLost > 0 else { return false }
        if isTold { return samples.contains { $0.nanoseconds > tick } }
        return samples.allSatisfy {
            (2 * Double($0.nanoseconds) / Double(tick)).truncatingRemainder(dividingBy: 1) == 0
        }
    }

    /// Whether samples stand for lost ticks, too.
    var isFilled: Bool {
        switch self {
        case .count, .nanoseconds: false
        case .filled: true
        case .ofParts(let parts, _): parts.contains { $0.unit.isFilled }
        }
    }

    /// Never negative, whatever a file says.
    func weight(of sample: Sample) -> Double {
        switch self {
        case .count: Double(max(0, sample.count))
        case .nanoseconds(let unit), .filled(let unit): Double(max(0, sample.nanoseconds)) / unit
        case .ofParts(let parts, let ofThread):
            parts[part(of: sample, ofThread)].unit.weight(of: sample) * parts[part(of: sample, ofThread)].factor
        }
    }

    /// The part of a sample's weight that is not of lost ticks.
    func seen(of sample: Sample) -> Double {
        switch self {
        case .count, .nanoseconds: weight(of: sample)
        case .filled: sample.nanoseconds > 0 ? 1 : 0
        case .ofParts(let parts, let ofThread):
            parts[part(of: sample, ofThread)].unit.seen(of: sample) * parts[part(of: sample, ofThread)].factor
        }
    }

    private func part(of sample: Sample, _ ofThread: [Int]) -> Int {
        ofThread.indices.contains(sample.thread) ? ofThread[sample.thread] : 0
    }
}
