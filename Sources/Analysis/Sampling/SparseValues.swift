/// Numbers by place, of which only a few are not 0 at a time.
struct SparseValues {
    private var values: [Double]
    private var touched: [Int] = []

    init(count: Int) {
        values = Array(repeating: 0, count: count)
    }

    mutating func add(_ value: Double, at place: Int) {
        if values[place] == 0 { touched.append(place) }
        values[place] += value
    }

    /// Every place with its number where that is not 0, each once; all are 0 afterwards.
    mutating func drained() -> [(place: Int, value: Double)] {
        var drained: [(place: Int, value: Double)] = []
        for place in touched where values[place] != 0 {
            drained.append((place, values[place]))
            values[place] = 0
        }
        touched.removeAll(keepingCapacity: true)
        return drained
    }
}
