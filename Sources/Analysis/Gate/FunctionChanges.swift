import Statistics

/// By function, what its times changed by in every round, in seconds.
struct FunctionChanges {
    struct Series {
        /// Mean seconds in the old version and in the new one.
        var before = GateRun.Times(own: 0, total: 0)
        var after = GateRun.Times(own: 0, total: 0)
        /// By round, new minus old.
        var own: [Double]
        var total: [Double]
    }

    let series: [MatchedFunction: Series]
    let calls: CallNeighbours
    /// First lines of the project's own functions.
    let lines: [MatchedFunction: Int]

    /// - Parameter least: functions with less time over all runs, the old version's counted twice, cannot have changed by what
    ///   matters, and are left out. That mean says nothing of the change, so that tests of what is left stay valid
    ///   (R. Bourgon et al., PNAS 107, 2010, 9546–9551, independent filtering).
    init(_ pairs: [GatePair], least: Double) {
        var series: [MatchedFunction: Series] = [:]
        for (round, pair) in pairs.enumerated() {
            for (run, sign) in [(pair.old, -1.0), (pair.new, 1.0)] {
                for (function, times) in run.functions {
                    series[function, default: Series(pairs.count)].add(times, sign, in: round)
                }
            }
        }
        self.series = series.filter { ($1.before.total * 2 + $1.after.total) / 3 >= least }
        calls = CallNeighbours(pairs.flatMap { [$0.old.calls, $0.new.calls] })
        lines = pairs.reduce(into: [:]) { lines, pair in
            lines.merge(pair.old.own) { known, _ in known }
            lines.merge(pair.new.own) { _, new in new }
        }
    }
}

extension FunctionChanges: OwnTimeChanges {
    func isInOneVersion(_ function: MatchedFunction) -> Bool {
        series[function].map { $0.isNew || $0.isGone } ?? false
    }

    func change(ofOwn weights: [MatchedFunction: Double]) -> StudentMean? {
        let parts = weights.compactMap { function, weight in series[function].map { ($0.own, weight) } }
        guard let rounds = parts.first?.0.indices, parts.count == weights.count else { return nil }
        return StudentMean(rounds.map { round in parts.reduce(0) { $0 + $1.0[round] * $1.1 } })
    }
}

extension FunctionChanges.Series {
    fileprivate init(_ rounds: Int) {
        let none = [Double](repeating: 0, count: rounds)
        self.init(own: none, total: none)
    }

    fileprivate mutating func add(_ times: GateRun.Times, _ sign: Double, in round: Int) {
        let rounds = Double(own.count)
        own[round] += sign * times.own
        total[round] += sign * times.total
        if sign < 0 {
            before.own += times.own / rounds
            before.total += times.total / rounds
        } else {
            after.own += times.own / rounds
            after.total += times.total / rounds
        }
    }

    var isNew: Bool { before.total == 0 }
    var isGone: Bool { after.total == 0 }
}
