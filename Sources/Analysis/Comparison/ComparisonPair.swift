import ProfileModel
import Statistics

/// Two designs over the rounds in which both ran.
struct ComparisonPair {
    let a: ComparisonArm
    let b: ComparisonArm
    let runs: [(a: ComparisonArm.Run, b: ComparisonArm.Run)]

    /// Designs are told apart over rounds by permutation from here on.
    static let fewestRoundsForP = 5
    /// The same data give the same figures.
    static let seed: UInt = 20_150_720

    /// `nil` where there is no round with both, or one of them tells no self time.
    init?(_ a: ComparisonArm, _ b: ComparisonArm) {
        guard a.told.selfTimes, b.told.selfTimes else { return nil }
        let byRound = Dictionary(uniqueKeysWithValues: b.runs.map { ($0.round, $0) })
        self.a = a
        self.b = b
        runs = a.runs.compactMap { run in byRound[run.round].map { (run, $0) } }
        if runs.isEmpty { return nil }
    }

    var haveLines: Bool { a.hasLines && b.hasLines }

    func agreements() -> [Agreement] {
        let byFunction = agreement(
            .function, resolution: "python-function", PairedTimes(self, by: \.functions), runsByFunction)
        guard haveLines else { return [byFunction] }
        return [byFunction, agreement(.line, resolution: "python-line", PairedTimes(self, by: \.lines), runsByLine)]
    }

    /// Over rounds the null is that of permutation; what chance does to single runs is known only where both
    /// are samplers at random instants of their own.
    private func agreement<Place>(
        _ by: Resolution, resolution: String, _ times: PairedTimes<Place>, _ single: ComparisonOfRuns<Place>?
    ) -> Agreement {
        let null = single?.null(seed: Self.seed) ?? Permutation.totalVariation(times.a, times.b, seed: Self.seed)
        return Agreement(
            a: a.name, b: b.name, by: by, resolution: resolution,
            totalVariation: TotalVariation.between(times.a.shares, times.b.shares), noiseFloor: null?.mean,
            p: single != nil || runs.count >= Self.fewestRoundsForP ? null?.p : nil,
            estimand: single == nil ? .expectedRun : .thisRun, g: single?.correctedG.map(GStatistic.init))
    }
}

/// The self times of two designs over the same places and rounds.
struct PairedTimes<Place: Hashable & Comparable> {
    let places: [Place]
    let a: TimesOverRounds
    let b: TimesOverRounds

    init(_ pair: ComparisonPair, by times: (CommonResolution) -> [Place: Double]) {
        let byRoundA = pair.runs.map { times($0.a.tally.common) }
        let byRoundB = pair.runs.map { times($0.b.tally.common) }
        let places = Set((byRoundA + byRoundB).flatMap(\.keys)).sorted()
        self.places = places
        a = TimesOverRounds(
            parts: byRoundA.map { round in places.map { round[$0] ?? 0 } }, wholes: pair.runs.map(\.a.tally.whole))
        b = TimesOverRounds(
            parts: byRoundB.map { round in places.map { round[$0] ?? 0 } }, wholes: pair.runs.map(\.b.tally.whole))
    }
}

extension TimesOverRounds {
    /// By place: its times over all times; 0 where there is none.
    var shares: [Double] {
        let whole = wholes.reduce(0, +)
        guard whole > 0 else { return parts.first?.map { _ in 0 } ?? [] }
        return (parts.first ?? []).indices.map { place in parts.reduce(0) { $0 + $1[place] } / whole }
    }
}
