import Statistics

extension SamplingNoise {
    /// The shares of a run's places, and what its schedule lets them scatter by.
    ///
    /// - Parameter placeOfStack: by stack, the place that it is charged to; −1 for none.
    init(_ series: TickSeries, placeOfStack: [Int32], count: Int, _ method: IntervalMethod) {
        let totals = series.totals
        self.init(
            shares: series.sums(.onTop(placeOfStack, count: count)).map { $0.share(of: totals) ?? 0 },
            // Of draws that stand for lost ticks, too, the sum scatters as that of more ticks does.
            whole: totals.w * (totals.ticks / max(totals.ticks, totals.strata)).squareRoot(), ticks: totals.ticks,
            terms: method == .poisson ? series.deviationsOfTicks(placeOfStack) : series.deviationsOfPairs(placeOfStack))
    }
}

extension TickSeries {
    /// What each tick saw: under the poisson schedule any could as well have been another.
    fileprivate func deviationsOfTicks(_ placeOfStack: [Int32]) -> [(term: NoiseTerm, variance: Double)] {
        var terms = NoiseTerms()
        for tick in ticks { terms.add(saw(tick, placeOfStack), tick.seen, variance: 1) }
        return terms.merged
    }

    /// What neighbours differ by: two draws from one stretch of the timeline, each tick in two of the pairs.
    fileprivate func deviationsOfPairs(_ placeOfStack: [Int32]) -> [(term: NoiseTerm, variance: Double)] {
        var terms = NoiseTerms()
        let interval = meanInterval
        // The tick before a pair, its two, and the one behind it.
        var seen = [[:]] + ticks.prefix(3).map { saw($0, placeOfStack) }
        for (first, second) in zip(ticks.indices, ticks.indices.dropFirst()) {
            var moved = seen[1]
            for (place, weight) in seen[2] { moved[place, default: 0] -= weight }
            let weight = isFollowed(first) ? NeighbourWeight.of(context(first, seen), gap: gap(first, in: interval)) : 1
            terms.add(moved, ticks[first].seen - ticks[second].seen, variance: weight / 2)
            seen.removeFirst()
            if second + 2 < ticks.count { seen.append(saw(ticks[second + 2], placeOfStack)) }
        }
        return terms.merged
    }

    /// Whether the tick behind this one is the next of the schedule, and was taken.
    private func isFollowed(_ at: Int) -> Bool {
        at >= 0 && at + 1 < ticks.count && ticks[at + 1].follows(ticks[at])
    }

    /// Of the tick at `first` and the one behind it, by what the ticks around them saw.
    ///
    /// - Parameter seen: from the tick before them on.
    private func context(_ first: Int, _ seen: [[Int32: Double]]) -> NeighbourWeight.Context {
        guard isFollowed(first - 1), isFollowed(first + 1) else { return .other }
        let parts = (0..<4).map { at in seen[at].mapValues { $0 / ticks[first - 1 + at].seen } }
        if parts[0] == parts[1], parts[2] == parts[3] { return .loneChange }
        return parts[0] == parts[2] && parts[1] == parts[3] ? .exchange : .other
    }

    /// Ticks under which no gap is weighed: a lone pair that is far apart would weigh nothing, and leave no noise at all.
    private static let enoughForGaps = 30

    /// In nanoseconds; `nil` where instants are not known, or ticks are few.
    private var meanInterval: Double? {
        guard ticks.count >= Self.enoughForGaps else { return nil }
        var (time, steps) = (0.0, 0.0)
        for (first, second) in zip(ticks, ticks.dropFirst()) where first.process == second.process {
            guard let begin = first.instant, let end = second.instant else { return nil }
            time += Double(end - begin)
            steps += Double(second.number - first.number)
        }
        return time > 0 && steps > 0 ? time / steps : nil
    }

    private func gap(_ first: Int, in interval: Double?) -> Double? {
        guard let interval, ticks[first].process == ticks[first + 1].process, let begin = ticks[first].instant,
            let end = ticks[first + 1].instant
        else { return nil }
        return max(0, Double(end - begin) / interval)
    }

    private func saw(_ tick: Tick, _ placeOfStack: [Int32]) -> [Int32: Double] {
        var seen: [Int32: Double] = [:]
        for row in rows[tick.rows] where placeOfStack[row.stack] >= 0 {
            seen[placeOfStack[row.stack], default: 0] += row.seen
        }
        return seen
    }
}

/// Adds up the variances of equal terms, of which a run of one thread has few.
private struct NoiseTerms {
    private var variances: [NoiseTerm: Double] = [:]
    private var order: [NoiseTerm] = []

    /// A term and its opposite scatter alike.
    mutating func add(_ moved: [Int32: Double], _ weight: Double, variance: Double) {
        let places = moved.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        guard variance > 0, weight != 0 || !places.isEmpty else { return }
        let sign: Double = (places.first?.value ?? weight) < 0 ? -1 : 1
        let term = NoiseTerm(places: places.map(\.key), amounts: places.map { sign * $0.value }, weight: sign * weight)
        if variances[term] == nil { order.append(term) }
        variances[term, default: 0] += variance
    }

    /// In the order in which they were met, so that the same data give the same figures.
    var merged: [(term: NoiseTerm, variance: Double)] { order.map { ($0, variances[$0] ?? 0) } }
}
