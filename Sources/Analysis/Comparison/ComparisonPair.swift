import ProfileModel
import Statistics

/// Two designs over the rounds in which both ran, or over all their runs where these were not made in rounds.
struct ComparisonPair {
    let a: ComparisonArm
    let b: ComparisonArm
    let runsOfA: [ComparisonArm.Run]
    let runsOfB: [ComparisonArm.Run]

    /// Designs are told apart over rounds, or over so many runs of each, by permutation from here on.
    static let fewestRunsForP = 5
    /// The same data give the same figures.
    static let seed: UInt = 20_150_720

    /// `nil` where there is no round with both, or one of them reports no self time.
    init?(_ a: ComparisonArm, _ b: ComparisonArm) {
        guard a.reported.selfTimes, b.reported.selfTimes else { return nil }
        self.a = a
        self.b = b
        if a.isInRounds, b.isInRounds {
            let both = Set(a.runs.map(\.round)).intersection(b.runs.map(\.round))
            runsOfA = a.runs.filter { both.contains($0.round) }
            runsOfB = b.runs.filter { both.contains($0.round) }
        } else {
            (runsOfA, runsOfB) = (a.runs, b.runs)
        }
        if runsOfA.isEmpty || runsOfB.isEmpty { return nil }
    }

    /// A single run of each is paired or not, which makes no difference.
    var arePaired: Bool { a.isInRounds && b.isInRounds }

    var pairing: RunPairing { arePaired ? .rounds(runsOfA.count) : .free(runsOfA.count, runsOfB.count) }

    /// Whether chance has enough patterns of labels for a p-value.
    var haveEnoughForP: Bool { min(runsOfA.count, runsOfB.count) >= Self.fewestRunsForP }

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
        let ofTicks = single?.null(seed: Self.seed)
        let null =
            ofTicks?.totalVariation
            ?? Permutation.totalVariation(times.a, times.b, arePaired: arePaired, seed: Self.seed)
        return Agreement(
            a: a.name, b: b.name, by: by, resolution: resolution,
            totalVariation: TotalVariation.between(times.a.shares, times.b.shares), noiseFloor: null?.mean,
            p: single != nil || haveEnoughForP ? null?.p : nil,
            estimand: single == nil ? .expectedRun : .thisRun, g: ofTicks?.g.map(GStatistic.init))
    }
}

/// The self times of two designs over the same places.
struct PairedTimes<Place: Hashable & Comparable> {
    let places: [Place]
    let a: TimesOverRounds
    let b: TimesOverRounds

    init(_ pair: ComparisonPair, by times: (CommonResolution) -> [Place: Double]) {
        let timesOfA = pair.runsOfA.map { times($0.tally.common) }
        let timesOfB = pair.runsOfB.map { times($0.tally.common) }
        let places = Set((timesOfA + timesOfB).flatMap(\.keys)).sorted()
        self.places = places
        a = TimesOverRounds(
            parts: timesOfA.map { run in places.map { run[$0] ?? 0 } }, wholes: pair.runsOfA.map(\.tally.whole))
        b = TimesOverRounds(
            parts: timesOfB.map { run in places.map { run[$0] ?? 0 } }, wholes: pair.runsOfB.map(\.tally.whole))
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
