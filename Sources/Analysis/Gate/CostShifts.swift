import Statistics

/// What functions' own times changed by, alone and together.
protocol OwnTimeChanges {
    var calls: CallNeighbours { get }
    /// Whether one version alone has it.
    func isInOneVersion(_ function: MatchedFunction) -> Bool
    /// Of a weighted sum of functions' own times, new minus old, in seconds; `nil` where no error is known.
    func change(ofOwn weights: [MatchedFunction: Double]) -> StudentMean?
}

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
    /// By function that lost time, what each other took of it, in seconds.
    private var given: [MatchedFunction: [MatchedFunction: Double]] = [:]
    /// What is left of its loss with what they took.
    private var losses: [MatchedFunction: StudentMean] = [:]
    private let error: Double

    /// - Parameter own: the changes of self time.
    init(
        _ changes: some OwnTimeChanges, _ own: [MatchedFunction: StudentMean], receivers: [MatchedFunction],
        error: Double
    ) {
        self.error = error
        var left = own.compactMapValues { mean in mean.bounds(error: error).high < 0 ? -mean.value : nil }
        for receiver in receivers {
            guard let grown = own[receiver] else { continue }
            let near = changes.calls.neighbours(of: receiver, through: changes.isInOneVersion)
            let taken = Self.take(grown.value, from: near.sorted(), of: &left)
            let parts = taken.compactMap { function, seconds in own[function].map { (function, seconds / -$0.value) } }
            let weights = Dictionary(parts + [(receiver, 1)]) { first, _ in first }
            guard let rest = changes.change(ofOwn: weights) else { continue }
            shifts[receiver] = Shift(seconds: taken, rest: rest)
            for (function, seconds) in taken where seconds > 0 { given[function, default: [:]][receiver] = seconds }
        }
        for (function, seconds) in given {
            // Of each receiver, the part that came from here.
            let parts = seconds.compactMap { receiver, part in own[receiver].map { (receiver, part / $0.value) } }
            losses[function] = changes.change(ofOwn: Dictionary(parts + [(function, 1)]) { first, _ in first })
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

    /// Of a function that grew by more than the limit: whether it still did with what it took.
    func verdict(of function: MatchedFunction, limit: Double) -> GateVerdict {
        guard let shift = shifts[function], !shift.seconds.isEmpty else { return .fail }
        let bounds = shift.rest.bounds(error: error)
        return bounds.low > limit ? .fail : bounds.high < limit ? .pass : .undecided
    }

    func moved(to function: MatchedFunction) -> GateFunction.Moved? { moved(shifts[function]?.seconds) }

    /// Where the time of a function that shrank went.
    func moved(from function: MatchedFunction) -> GateFunction.Moved? { moved(given[function]) }

    private func moved(_ seconds: [MatchedFunction: Double]?) -> GateFunction.Moved? {
        guard let seconds, !seconds.isEmpty else { return nil }
        return GateFunction.Moved(
            seconds: seconds.values.reduce(0, +),
            from: seconds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key.qualname))
    }

    /// What a function changed by together with what moved to it, or from it; `nil` where nothing did.
    func rest(of function: MatchedFunction) -> StudentMean? {
        losses[function] ?? (shifts[function]?.seconds.isEmpty == false ? shifts[function]?.rest : nil)
    }
}
