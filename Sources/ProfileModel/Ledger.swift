/// Why a tick was answered late, or lost.
public enum TickReason: String, Sendable, Codable, Hashable, CaseIterable, CodingKeyRepresentable {
    /// The thread was in the kernel while the signal was pending, and answered when it left.
    case pending
    /// The sampler had no processor when the tick was due.
    case sampler
    /// The thread ended, or never answered.
    case unanswered
    /// The thread blocked the signal and ran on.
    case blocked
    /// The stack that was found could not be verified.
    case unverified
}

/// What became of a sampling run's ticks: `due == taken + missed + failed`.
public struct Ledger: Sendable, Equatable, Codable {
    public var due = 0
    public var taken = 0
    /// Taken ticks whose first stack was seen more than half a mean interval after they were due.
    public var late = 0
    /// Ticks at which no stack was seen at all.
    public var missed = 0
    /// Ticks at which a stack was looked at but could not be verified.
    public var failed = 0
    /// Stacks seen, over all threads.
    public var threadSamples = 0
    /// Stacks not seen, or not verified, at ticks that saw another thread's.
    public var threadSamplesLost = 0
    /// Realised gaps between taken ticks, in nanoseconds.
    public var gaps = Gaps()
    /// Why ticks were late, and why they were lost: together as many as `late`, and as `missed` and `failed`.
    public var lateBy: [TickReason: Int]?
    public var lostBy: [TickReason: Int]?

    /// How far apart the taken ticks really were.
    public struct Gaps: Sendable, Equatable, Codable {
        public var mean = 0.0
        public var median = 0.0
        public var p95 = 0.0
        public var longest = 0.0
        public init() {}
    }

    public init() {}

    /// The same without what made ticks late, or lost them.
    public var withoutReasons: Ledger {
        var plain = self
        (plain.lateBy, plain.lostBy) = (nil, nil)
        return plain
    }

    /// Ticks that were due and gave nothing valid.
    public var lost: Int { missed + failed }

    /// What was lost altogether, in ticks: a tick that lost some of its threads counts in part.
    public var lostTicks: Double {
        let stacksATick = taken > 0 ? Double(threadSamples) / Double(taken) : 0
        return Double(lost) + (stacksATick > 0 ? Double(threadSamplesLost) / stacksATick : 0)
    }
}
