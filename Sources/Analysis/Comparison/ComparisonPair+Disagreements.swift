import ProfileModel
import Statistics

extension ComparisonPair {
    /// Differences below this are not worth words, however sure they are.
    static let leastDifference = 0.005
    /// At most this part of what is called a disagreement is chance, on average.
    static let falseDiscoveryRate = 0.05

    /// Where the two differ by more than chance, and which is likelier to be right; the largest first.
    func disagreements(_ evidence: (a: DesignEvidence, b: DesignEvidence)) -> [Disagreement] {
        let byFunction = differences(PairedTimes(self, by: \.functions)).map { difference in
            disagreement(difference, .function, DisputedPlace(difference.place), difference.place, evidence)
        }
        guard haveLines else { return byFunction }
        return byFunction
            + differences(PairedTimes(self, by: \.lines)).map { difference in
                let line = difference.place
                let names = [a.functionName(ofCommon: line), b.functionName(ofCommon: line)]
                let key = FunctionKey(file: line.file, line: line.line, name: names.first { !$0.isEmpty } ?? "")
                return disagreement(difference, .line, DisputedPlace(line), key, evidence)
            }
    }

    private func disagreement<Place>(
        _ difference: Difference<Place>, _ by: Resolution, _ place: DisputedPlace, _ key: FunctionKey,
        _ evidence: (a: DesignEvidence, b: DesignEvidence)
    ) -> Disagreement {
        let verdict = Verdict(
            on: Dispute(
                a: evidence.a, b: evidence.b, place: place, shareA: difference.shareA, shareB: difference.shareB))
        let estimate = difference.estimate
        return Disagreement(
            a: a.name, b: b.name, by: by, function: key.name, file: key.file, line: key.line,
            shareA: difference.shareA, shareB: difference.shareB,
            difference: Interval(mean: estimate.value, low: estimate.bounds.low, high: estimate.bounds.high),
            p: difference.adjustedP, likelier: verdict.likelier, rule: verdict.rule, text: verdict.text)
    }
}

extension ComparisonPair {
    private struct Difference<Place> {
        var place: Place
        var shareA: Double
        var shareB: Double
        var estimate: RoundsDifference
        var adjustedP: Double
    }

    private typealias Series = (parts: [Double], wholes: [Double])

    private func difference(_ first: Series, _ second: Series) -> RoundsDifference? {
        arePaired
            ? Jackknife.difference(first, second, confidence: a.confidence)
            : Jackknife.independentDifference(first, second, confidence: a.confidence)
    }

    /// The places at which the shares differ, with p-values adjusted over all places looked at.
    private func differences<Place>(_ times: PairedTimes<Place>) -> [Difference<Place>] {
        let shares = (a: times.a.shares, b: times.b.shares)
        let tested = times.places.indices.compactMap { place in
            difference(times.a.series(place), times.b.series(place)).map { (place, $0) }
        }
        let adjusted = BenjaminiHochberg.adjusted(tested.map(\.1.p))
        return zip(tested, adjusted).map { tested, p in
            Difference(
                place: times.places[tested.0], shareA: shares.a[tested.0], shareB: shares.b[tested.0],
                estimate: tested.1, adjustedP: p)
        }.filter {
            $0.adjustedP <= Self.falseDiscoveryRate && abs($0.estimate.value) >= Self.leastDifference
        }.sorted { (-abs($0.estimate.value), $0.place) < (-abs($1.estimate.value), $1.place) }
    }
}

extension TimesOverRounds {
    fileprivate func series(_ place: Int) -> (parts: [Double], wholes: [Double]) {
        (parts.map { $0[place] }, wholes)
    }
}
