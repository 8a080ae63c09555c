import ProfileModel
import Statistics

/// Whether two designs, or two runs, put the functions into the same order.
public struct RankAgreement: Encodable, Sendable, Equatable {
    public var a: String
    public var b: String
    /// Kendall's τ-b of self shares at common resolution; null where there is no order.
    @ExplicitNull public var kendallTau: Double?
    /// How many of the hottest functions are looked at, and the part of them that both have.
    public var top: Int
    public var overlap: Double

    public init(a: String, b: String, kendallTau: Double?, top: Int, overlap: Double) {
        self.a = a
        self.b = b
        self.kendallTau = kendallTau
        self.top = top
        self.overlap = overlap
    }
}

extension ComparisonPair {
    private static let top = 5

    /// `nil` where neither has time in any function.
    func rankAgreement() -> RankAgreement? {
        let times = PairedTimes(self, by: \.functions)
        let (first, second) = (times.a.shares, times.b.shares)
        return RankStability.overlap(first, second, ofHottest: Self.top).map { overlap in
            RankAgreement(
                a: a.name, b: b.name, kendallTau: KendallTau.b(first, second), top: overlap.count, overlap: overlap.part
            )
        }
    }
}
