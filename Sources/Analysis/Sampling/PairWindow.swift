/// The last differences of neighbouring ticks, as many as one window has, if they follow on each other.
struct PairWindow<Difference> {
    private static var length: Int { 3 }
    private var differences: [Difference] = []
    private var last: Int?

    /// A difference of the ticks of these numbers; one that does not follow on the last begins anew.
    mutating func add(_ difference: Difference, from first: Int, to second: Int) {
        if last != first { differences.removeAll() }
        if differences.count == Self.length { differences.removeFirst() }
        differences.append(difference)
        last = second
    }

    /// The differences of a whole window; `nil` while there are too few in a row.
    var whole: [Difference]? { differences.count == Self.length ? differences : nil }
}
