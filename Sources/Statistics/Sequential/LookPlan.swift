/// When a test that may stop early looks at its rounds, and how much of its error each look may spend.
///
/// A look after r of at most R rounds has spent (r/R)² of the error (K. Kim and D. L. DeMets, Biometrika 74, 1987, 149–154, the
/// power family with ρ = 2, as an error-spending function of K. K. G. Lan and D. L. DeMets, Biometrika 70, 1983, 659–663). Each
/// look tests at what it spends, and these parts add up to the whole error. By Bonferroni's inequality the looks together are
/// wrong no more often than that, whatever the test and however its results hang together.
public struct LookPlan: Sendable, Equatable {
    /// The rounds that are made at the most.
    public let most: Int
    /// The numbers of rounds after which there is a look, ascending; the last is `most`.
    public let looks: [Int]

    /// The fewest rounds that are looked at.
    public static let first = 5
    /// How much further every look is away than the one before it.
    private static let growth = 1.5

    /// `nil` where there is no room for the first look.
    public init?(most: Int) {
        guard most >= Self.first else { return nil }
        self.most = most
        var looks: [Int] = []
        var next = Double(Self.first)
        // A look right before the last would spend much of the error and see little less.
        while next * 1.2 <= Double(most) {
            looks.append(Int(next.rounded()))
            next *= Self.growth
        }
        self.looks = looks + [most]
    }

    /// The part of the error that is spent by then.
    public func spent(after rounds: Int) -> Double {
        let part = min(1, Double(max(0, rounds)) / Double(most))
        return part * part
    }
}
