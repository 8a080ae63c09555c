import Statistics

/// Time that left one function and stands in another: a helper that was extracted, or one that was put in its caller's place.
///
/// A function that grew takes what left its callers and callees, as far as they surely shrank, each second once, the function
/// that grew most first. Then the sum of what the function gained and they lost is judged in its place, round by round.
struct CostShifts {
    private struct Shift {
        /// What was taken from each, in seconds, above 0.
        var seconds: [MatchedFunction: Double]
        /// What is left of the function's change with them.
        var rest: StudentMean
    }

    private var shifts: [MatchedFunction: Shift] = [:]
    private let error: Double

    /// - Parameter own: the changes of self time.
    init(
        _ changes: FunctionChanges, _ own: [MatchedFunction: StudentMean], receivers: [MatchedFunction], error: Double
    ) {
        self.error = error
        var left = own.compactMapValues { mean in mean.bounds(error: error).high < 0 ? -mean.value : nil }
        for receiver in receivers {
            guard let grown = own[receiver] else { continue }
            let near = changes.calls.neighbours(of: receiver) { function in
                changes.series[function].map { $0.isNew || $0.isGone } ?? false
            }
            let taken = Self.take(grown.value, from: near.sorted(), of: &left)
            guard let series = changes.series[receiver]?.own,
                let rest = StudentMean(Self.rest(series, taken, changes, own))
            else { continue }
            shifts[receiver] = Shift(seconds: taken, rest: rest)
        }
    }

    /// Takes so many seconds from those that have some left, in proportion.
    private static func take(
        _ seconds: Double, from near: [MatchedFunction], of left: inout [MatchedFunction: Double]
    ) -> [MatchedFunction: Double] {
        let all = near.reduce(0) { $0 + (left[$1] ?? 0) }
        guard all > 0 else { return [:] }
        let part = min(1, seconds / all)
        var taken: [MatchedFunction: Double] = [:]
        for function in near {
            guard let has = left[function], has > 0 else { continue }
            taken[function] = has * part
            left[function] = has * (1 - part)
        }
        return taken
    }

    private static func rest(
        _ series: [Double], _ taken: [MatchedFunction: Double], _ changes: FunctionChanges,
        _ own: [MatchedFunction: StudentMean]
    ) -> [Double] {
        var rest = series
        for (function, seconds) in taken {
            guard let lost = changes.series[function]?.own, let mean = own[function]?.value else { continue }
            for round in rest.indices { rest[round] += lost[round] * seconds / -mean }
        }
        return rest
    }

    /// Of a function that grew by more than the limit: whether it still did with what it took.
    func verdict(of function: MatchedFunction, limit: Double) -> GateVerdict {
        guard let shift = shifts[function], !shift.seconds.isEmpty else { return .fail }
        let bounds = shift.rest.bounds(error: error)
        return bounds.low > limit ? .fail : bounds.high < limit ? .pass : .undecided
    }

    func moved(to function: MatchedFunction) -> GateFunction.Moved? {
        guard let seconds = shifts[function]?.seconds, !seconds.isEmpty else { return nil }
        return GateFunction.Moved(
            seconds: seconds.values.reduce(0, +),
            from: seconds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key.qualname))
    }
}
