/// What the sieve says of its two phases in one run (`talk_picture.py stamped`), in seconds.
struct SievePhases: Decodable, Sendable, Equatable {
    /// All the updates with i·i < n, and some two thousand other iterations.
    var first: Double
    /// Iterations whose update, where there is one, is empty.
    var second: Double
    var firstIterations: Int
    var secondIterations: Int
}

/// Which parts of the plain second phase are empty updates and bare loop, by repetition (`talk_picture.py empties`).
struct SecondPhaseParts: Decodable, Sendable, Equatable {
    var updates: [Double]
    var loop: [Double]

    mutating func add(_ other: SecondPhaseParts) {
        updates += other.updates
        loop += other.loop
    }
}

/// The true shares of lines 10 and 8 of the sieve, as shares of the time in `eratosthenes`, as ranges.
///
/// With first and second phase T₁ and T₂, and the empty updates' part of the second in [u₀, u₁]: line 10
/// has at most (T₁ + u₁T₂)/(T₁ + T₂), and at least the same with u₀ and without what the first phase's
/// iterations cost beside their updates, which is at most an iteration of the second phase each. Line 8
/// has at most what line 10 at its least and the bare loop of the second phase, line 7, leave.
struct TalkTruth: Sendable, Equatable {
    var line10: ClosedRange<Double>
    var line8AtMost: Double

    /// `nil` where the parts are empty or the run took no time.
    init?(_ phases: SievePhases, _ parts: SecondPhaseParts) {
        let total = phases.first + phases.second
        guard let fewest = parts.updates.min(), let most = parts.updates.max(), let loop = parts.loop.min(),
            total > 0, phases.secondIterations > 0
        else { return nil }
        let beside = Double(phases.firstIterations) * phases.second / Double(phases.secondIterations)
        let low = (phases.first - beside + fewest * phases.second) / total
        let high = (phases.first + most * phases.second) / total
        line10 = low...max(low, high)
        line8AtMost = 1 - low - loop * phases.second / total
    }

    private init(line10: ClosedRange<Double>, line8AtMost: Double) {
        self.line10 = line10
        self.line8AtMost = line8AtMost
    }

    /// The range over several runs: what may be said of a run that could not be stamped itself.
    static func union(_ truths: [TalkTruth]) -> TalkTruth? {
        guard let low = truths.map(\.line10.lowerBound).min(), let high = truths.map(\.line10.upperBound).max(),
            let line8 = truths.map(\.line8AtMost).max()
        else { return nil }
        return TalkTruth(line10: low...high, line8AtMost: line8)
    }
}
