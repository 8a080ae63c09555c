import Statistics

extension SamplingNoise {
    /// The shares of a run's places, and what its schedule lets them scatter by.
    ///
    /// - Parameter placeOfStack: by stack, the place that it is charged to; −1 for none.
    init(_ series: TickSeries, placeOfStack: [Int32], count: Int, _ method: IntervalMethod) {
        let totals = series.totals
        self.init(
            shares: series.sums(.single(placeOfStack, count: count)).map { $0.share(of: totals) ?? 0 },
            // Of draws that stand for lost ticks, too, the sum scatters as that of more ticks does.
            whole: totals.w * (totals.ticks / max(totals.ticks, totals.strata)).squareRoot(),
            pairings: method == .wilson
                ? [series.deviationsOfTicks(placeOfStack)]
                : (0...1).map { series.deviationsOfPairs(placeOfStack, from: $0) })
    }
}

extension TickSeries {
    /// What each tick saw: under the poisson schedule any could as well have been another.
    fileprivate func deviationsOfTicks(_ placeOfStack: [Int32]) -> [(term: NoiseTerm, count: UInt32)] {
        var terms = NoiseTerms()
        for tick in ticks { terms.add(saw(tick, placeOfStack), tick.seen) }
        return terms.counted
    }

    /// What neighbours differ by, each tick being in one pair: two draws from one stretch of the timeline.
    ///
    /// - Parameter first: the number of the first tick that is paired with the one behind it.
    fileprivate func deviationsOfPairs(_ placeOfStack: [Int32], from first: Int) -> [(term: NoiseTerm, count: UInt32)] {
        var terms = NoiseTerms()
        for at in stride(from: first, to: ticks.count - 1, by: 2) {
            let (a, b) = (ticks[at], ticks[at + 1])
            var moved = saw(a, placeOfStack)
            for (place, weight) in saw(b, placeOfStack) { moved[place, default: 0] -= weight }
            terms.add(moved, a.seen - b.seen)
        }
        return terms.counted
    }

    private func saw(_ tick: Tick, _ placeOfStack: [Int32]) -> [Int32: Double] {
        var seen: [Int32: Double] = [:]
        for row in rows[tick.rows] where placeOfStack[row.stack] >= 0 {
            seen[placeOfStack[row.stack], default: 0] += row.seen
        }
        return seen
    }
}

/// Counts equal terms, of which a run of one thread has few.
private struct NoiseTerms {
    private var counts: [NoiseTerm: UInt32] = [:]
    private var order: [NoiseTerm] = []

    mutating func add(_ moved: [Int32: Double], _ weight: Double) {
        let places = moved.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        guard weight != 0 || !places.isEmpty else { return }
        let term = NoiseTerm(places: places.map(\.key), amounts: places.map(\.value), weight: weight)
        if counts[term] == nil { order.append(term) }
        counts[term, default: 0] += 1
    }

    /// In the order in which they were met, so that the same data give the same figures.
    var counted: [(term: NoiseTerm, count: UInt32)] { order.map { ($0, counts[$0] ?? 0) } }
}
