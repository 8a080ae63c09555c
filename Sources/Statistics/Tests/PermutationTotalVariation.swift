/// One design's times over rounds: where the time went, and how much there was.
public struct TimesOverRounds: Sendable {
    /// By round, then by place; the places are the same for both designs. Any unit.
    public var parts: [[Double]]
    /// By round: all time, in the same unit, that of no place included.
    public var wholes: [Double]

    public init(parts: [[Double]], wholes: [Double]) {
        self.parts = parts
        self.wholes = wholes
    }
}

extension Permutation {
    /// The total variation of two designs' shares under swaps of their labels within rounds.
    ///
    /// Shares are sums of time over sums of time. Each design's times are first divided by their own
    /// mean, so that a slow design does not outweigh the other one when rounds are swapped; with no
    /// swap this leaves the shares as they are. Needs two rounds with time in both designs.
    public static func totalVariation(
        _ a: TimesOverRounds, _ b: TimesOverRounds, seed: UInt
    ) -> NullDistribution? {
        guard a.wholes.count >= 2, let a = a.scaled, let b = b.scaled else { return nil }
        return test(rounds: a.wholes.count, seed: seed) { swapped in
            TotalVariation.between(
                shares(of: a, orOf: b, where: swapped), shares(of: b, orOf: a, where: swapped))
        }
    }

    private static func shares(
        of own: TimesOverRounds, orOf other: TimesOverRounds, where swapped: [Bool]
    ) -> [Double] {
        var sums = Array(repeating: 0.0, count: own.parts.first?.count ?? 0)
        var whole = 0.0
        for round in swapped.indices {
            let from = swapped[round] ? other : own
            whole += from.wholes[round]
            for place in sums.indices { sums[place] += from.parts[round][place] }
        }
        return whole > 0 ? sums.map { $0 / whole } : sums
    }
}

extension TimesOverRounds {
    /// The same in units of the mean whole; `nil` where there is no time at all.
    fileprivate var scaled: TimesOverRounds? {
        let mean = wholes.reduce(0, +) / Double(max(1, wholes.count))
        guard mean > 0 else { return nil }
        return TimesOverRounds(parts: parts.map { $0.map { $0 / mean } }, wholes: wholes.map { $0 / mean })
    }
}
