extension Ledger {
    /// The ledger of several runs or processes: counts are summed, `longest` is the longest of all, and the other
    /// figures of the gaps are means over them, each weighted by its ticks taken.
    public static func sum(of ledgers: [Ledger]) -> Ledger? {
        guard !ledgers.isEmpty else { return nil }
        var sum = ledgers.reduce(into: Ledger()) { $0.count($1) }
        func mean(_ figure: (Gaps) -> Double) -> Double {
            let weighted = ledgers.reduce(0.0) { $0 + figure($1.gaps) * Double($1.taken) }
            return sum.taken > 0 ? weighted / Double(sum.taken) : 0
        }
        sum.gaps.mean = mean(\.mean)
        sum.gaps.median = mean(\.median)
        sum.gaps.p95 = mean(\.p95)
        sum.gaps.longest = ledgers.map(\.gaps.longest).max() ?? 0
        return sum
    }

    private mutating func count(_ other: Ledger) {
        due += other.due
        taken += other.taken
        late += other.late
        missed += other.missed
        failed += other.failed
        threadSamples += other.threadSamples
        threadSamplesLost += other.threadSamplesLost
        lateBy = Self.sum(lateBy, other.lateBy)
        lostBy = Self.sum(lostBy, other.lostBy)
    }

    private static func sum(_ a: [TickReason: Int]?, _ b: [TickReason: Int]?) -> [TickReason: Int]? {
        a == nil && b == nil ? nil : (a ?? [:]).merging(b ?? [:], uniquingKeysWith: +)
    }
}
