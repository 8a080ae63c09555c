/// The last differences of neighbouring ticks, as many as one window has, if they follow on each other.
struct PairWindow<Difference> {
    private var first: Difference?
    private var second: Difference?
    private var third: Difference?
    private var last: (process: Int, number: Int)?

    /// A difference of two ticks; one that does not follow on the last begins anew.
    mutating func add(_ difference: Difference, from tick: TickSeries.Tick, to next: TickSeries.Tick) {
        let follows = last?.process == tick.process && last?.number == tick.number
        (first, second) = follows ? (second, third) : (nil, nil)
        third = difference
        last = (next.process, next.number)
    }

    /// The differences of a whole window, each with its factor of `DifferenceSequence.ofPairs`; `nil` while there are too few
    /// in a row.
    var whole: (first: Difference, second: Difference, third: Difference)? {
        guard let first, let second, let third else { return nil }
        return (first, second, third)
    }
}
