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
    /// The total variation of two designs' shares under other labels of their runs, swapped within rounds or free.
    ///
    /// p is that of the permutation test, exact whatever the runs' distribution. Shares are sums of time over sums of
    /// time. Each design's times are first divided by their own mean, so that a slow design does not outweigh the
    /// other one when labels change; with the labels as they are this leaves the shares as they are.
    ///
    /// The mean is what chance alone does: these patterns hold the designs' difference itself wherever labels are
    /// mixed, so it is taken from residuals, each run's times less the design's own share of the run's whole,
    /// which have no difference in them. Residuals scatter less than what they are of, by (R − 1)/R in R
    /// rounds and (n − 2)/(n − 1) in n free runs, for which they are scaled (B. Efron and R. J. Tibshirani, *An
    /// Introduction to the Bootstrap*, 1993, section 16.4, on translating both samples to one mean before the null is drawn).
    ///
    /// Needs time in both designs, and two rounds, or three free runs in all.
    public static func totalVariation(
        _ a: TimesOverRounds, _ b: TimesOverRounds, arePaired: Bool, seed: UInt
    ) -> NullDistribution? {
        let (first, second) = (a.wholes.count, b.wholes.count)
        guard arePaired ? first >= 2 : min(first, second) >= 1 && first + second >= 3, let a = a.scaled,
            let b = b.scaled
        else { return nil }
        precondition(!arePaired || first == second, "the rounds are paired")
        let pairing = arePaired ? RunPairing.rounds(first) : .free(first, second)
        let runs = (LabelledRuns(a: a, b: b), LabelledRuns(a: a.residuals, b: b.residuals))
        let null = test(pairing, seed: seed) { labels in
            let (one, other) = runs.0.parted(by: labels, pairing)
            return TotalVariation.between(one.shares, other.shares)
        }
        let centred = test(pairing, seed: seed) { labels in
            let (one, other) = runs.1.parted(by: labels, pairing)
            return TotalVariation.between(one.means, other.means)
        }
        return NullDistribution(mean: centred.mean * correction(pairing), p: null.p)
    }

    /// Makes residuals scatter as the runs do.
    private static func correction(_ pairing: RunPairing) -> Double {
        switch pairing {
        case .rounds(let count): (Double(count) / Double(count - 1)).squareRoot()
        case .free(let a, let b): (Double(a + b - 1) / Double(a + b - 2)).squareRoot()
        }
    }
}

/// Two designs' runs, whose labels may be exchanged.
private struct LabelledRuns {
    var a: TimesOverRounds
    var b: TimesOverRounds

    /// The runs that bear the first label, and the others.
    func parted(by labels: [Bool], _ pairing: RunPairing) -> (RunSums, RunSums) {
        var (first, second) = (RunSums(places: a.parts.first?.count ?? 0), RunSums(places: a.parts.first?.count ?? 0))
        switch pairing {
        case .rounds:
            for (round, isOwn) in labels.enumerated() {
                first.add(isOwn ? a : b, round)
                second.add(isOwn ? b : a, round)
            }
        case .free(let count, _):
            for (run, isFirst) in labels.enumerated() {
                let (times, number) = run < count ? (a, run) : (b, run - count)
                if isFirst { first.add(times, number) } else { second.add(times, number) }
            }
        }
        return (first, second)
    }
}

/// The times of several runs together.
private struct RunSums {
    private var parts: [Double]
    private var whole = 0.0
    private var runs = 0.0

    init(places: Int) { parts = Array(repeating: 0, count: places) }

    mutating func add(_ times: TimesOverRounds, _ run: Int) {
        runs += 1
        whole += times.wholes[run]
        for place in parts.indices { parts[place] += times.parts[run][place] }
    }

    var shares: [Double] { whole > 0 ? parts.map { $0 / whole } : parts }
    var means: [Double] { parts.map { $0 / max(1, runs) } }
}

extension TimesOverRounds {
    /// The same in units of the mean whole; `nil` where there is no time at all.
    fileprivate var scaled: TimesOverRounds? {
        let mean = wholes.reduce(0, +) / Double(max(1, wholes.count))
        guard mean > 0 else { return nil }
        return TimesOverRounds(parts: parts.map { $0.map { $0 / mean } }, wholes: wholes.map { $0 / mean })
    }

    /// What each run's times differ by from the share of all runs together; in units of the mean whole.
    fileprivate var residuals: TimesOverRounds {
        let whole = wholes.reduce(0, +)
        let shares = (parts.first ?? []).indices.map { place in parts.reduce(0) { $0 + $1[place] } / whole }
        return TimesOverRounds(
            parts: zip(parts, wholes).map { run, own in zip(run, shares).map { $0 - $1 * own } }, wholes: wholes)
    }
}
