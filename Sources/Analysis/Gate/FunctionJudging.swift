import Statistics

/// Judges every function by its own time and by its time with all that it calls.
struct FunctionJudging {
    /// What the tests of one function say.
    struct Tested {
        var own: StudentMean
        var total: StudentMean
        /// Of growing by more than the limit; adjusted for the number of all tests.
        var ownP: Double
        var totalP: Double
    }

    private let changes: FunctionChanges
    private let limits: (own: Double, total: Double)
    private let error: Double
    private let tested: [MatchedFunction: Tested]

    init(_ changes: FunctionChanges, limits: (own: Double, total: Double), error: Double) {
        (self.changes, self.limits, self.error) = (changes, limits, error)
        let order = changes.series.keys.sorted()
        var tested: [(function: MatchedFunction, own: StudentMean, total: StudentMean)] = []
        for function in order {
            guard let series = changes.series[function], let own = StudentMean(series.own),
                let total = StudentMean(series.total)
            else { continue }
            tested.append((function, own, total))
        }
        let adjusted = BenjaminiYekutieli.adjusted(
            tested.map { $0.own.isAbove(limits.own) } + tested.map { $0.total.isAbove(limits.total) })
        self.tested = Dictionary(
            uniqueKeysWithValues: tested.enumerated().map { place, each in
                let p = (own: adjusted[place], total: adjusted[tested.count + place])
                return (each.function, Tested(own: each.own, total: each.total, ownP: p.own, totalP: p.total))
            })
    }

    func functions(whole: Double) -> [GateFunction] {
        let shifts = CostShifts(changes, tested.mapValues(\.own), receivers: grown, error: error)
        let failed = grown.filter { shifts.verdict(of: $0, limit: limits.own) == .fail }
        return tested.compactMap { function, tested in
            guard let series = changes.series[function] else { return nil }
            let isOwn = tested.ownP <= error
            var finding = GateFunction(
                function, series, tested, line: changes.lines[function], whole: whole, error: error)
            finding.moved = isOwn ? shifts.moved(to: function) : nil
            finding.verdict = isOwn ? shifts.verdict(of: function, limit: limits.own) : verdict(tested.own)
            if tested.totalP <= error, changes.calls.descendants(of: function).isDisjoint(with: failed),
                finding.moved == nil
            {
                finding.verdict = .fail
            }
            finding.failsBy = finding.verdict != .fail ? nil : isOwn && failed.contains(function) ? .own : .total
            return finding
        }
    }

    /// Those whose own time grew by more than the limit, the most first.
    private var grown: [MatchedFunction] {
        tested.filter { $1.ownP <= error }.sorted { ($1.value.own.value, $0.key) < ($0.value.own.value, $1.key) }.map(
            \.key)
    }

    private func verdict(_ own: StudentMean) -> GateVerdict {
        own.bounds(error: error).high < max(limits.own, limits.total) ? .pass : .undecided
    }
}
