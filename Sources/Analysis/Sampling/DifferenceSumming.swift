import Statistics

/// Adds up how the ticks of each pair, and of each window of four, differ at every place, touching only
/// the places that change. Lost ticks beside them are no difference, so that each counts as what it saw.
struct DifferenceSumming {
    private typealias Change = (places: [(place: Int, value: Double)], weight: Double)

    private let series: TickSeries
    private let charge: Charge
    private var current: SparseValues
    private let factors = DifferenceSequence.ofPairs

    init(_ series: TickSeries, _ charge: Charge) {
        self.series = series
        self.charge = charge
        current = SparseValues(count: charge.placeCount)
    }

    mutating func add(to sums: inout [TickSums]) {
        var window = PairWindow<Change>()
        for (a, b) in series.pairs {
            touchDifference(a, b)
            let change = (places: current.drained(), weight: a.seen - b.seen)
            for (place, dy) in change.places {
                sums[place].dydy += dy * dy
                sums[place].dydw += dy * change.weight
            }
            window.add(change, from: a, to: b)
            if let three = window.whole { addWindow(three, to: &sums) }
        }
    }

    private mutating func addWindow(_ three: (first: Change, second: Change, third: Change), to sums: inout [TickSums])
    {
        if three.first.places.isEmpty, three.second.places.isEmpty, three.third.places.isEmpty { return }
        let weight = add(three.first, factors[0]) + add(three.second, factors[1]) + add(three.third, factors[2])
        for (place, dy) in current.drained() {
            sums[place].d3yd3y += dy * dy
            sums[place].d3yd3w += dy * weight
        }
    }

    /// Takes a change with its factor into the window, and returns what it adds to the weight's.
    private mutating func add(_ change: Change, _ factor: Double) -> Double {
        for (place, dy) in change.places { current.add(factor * dy, at: place) }
        return factor * change.weight
    }

    /// Thread by thread; a thread that only one of both saw differs by all it has.
    private mutating func touchDifference(_ a: TickSeries.Tick, _ b: TickSeries.Tick) {
        var i = a.rows.lowerBound
        var j = b.rows.lowerBound
        while i < a.rows.upperBound || j < b.rows.upperBound {
            let left = i < a.rows.upperBound ? series.rows[i] : nil
            let right = j < b.rows.upperBound ? series.rows[j] : nil
            let thread = min(left?.thread ?? .max, right?.thread ?? .max)
            let p = left?.thread == thread ? left : nil
            let q = right?.thread == thread ? right : nil
            touchDifference(p?.stack ?? 0, p?.seen ?? 0, q?.stack ?? 0, q?.seen ?? 0)
            i += p == nil ? 0 : 1
            j += q == nil ? 0 : 1
        }
    }

    /// The places of stack `a` gain its weight and those of `b` lose its. The two chains are followed,
    /// greater index first, to where they meet; from there on both change the same places.
    private mutating func touchDifference(_ a: Int, _ weightA: Double, _ b: Int, _ weightB: Double) {
        var i = Int(charge.head[a])
        var j = Int(charge.head[b])
        while i != j {
            if i > j {
                touch(i, weightA)
                i = Int(charge.next[i])
            } else {
                touch(j, -weightB)
                j = Int(charge.next[j])
            }
        }
        while i != 0, weightA != weightB {
            touch(i, weightA - weightB)
            i = Int(charge.next[i])
        }
    }

    private mutating func touch(_ node: Int, _ weight: Double) {
        current.add(weight, at: Int(charge.place[node]))
    }
}
