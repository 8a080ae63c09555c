/// The last differences of neighbouring ticks, as many as one window has, if they follow on each other.
struct PairWindow<Difference> {
    private static var length: Int { 3 }
    private var differences: [Difference] = []
    private var last: (process: Int, number: Int)?

    /// A difference of two ticks; one that does not follow on the last begins anew.
    mutating func add(_ difference: Difference, from first: TickSeries.Tick, to second: TickSeries.Tick) {
        if last?.process != first.process || last?.number != first.number { differences.removeAll() }
        if differences.count == Self.length { differences.removeFirst() }
        differences.append(difference)
        last = (second.process, second.number)
    }

    /// The differences of a whole window; `nil` while there are too few in a row.
    var whole: [Difference]? { differences.count == Self.length ? differences : nil }
}
