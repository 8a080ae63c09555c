import Statistics

extension TickSeries {
    /// The sums over all ticks for every place.
    func sums(_ occupancy: Occupancy) -> [TickSums] {
        var summing = TickSumming(self, occupancy)
        summing.addTicks()
        summing.addPairs()
        return summing.sums
    }
}

/// Adds up what each tick, and each pair of neighbours, saw of every place, touching only the places
/// that were there.
private struct TickSumming {
    let series: TickSeries
    let occupancy: Occupancy
    var sums: [TickSums]
    /// What the tick (or the difference of a pair) at hand has of every place; 0 between ticks.
    private var current: [Double]
    private var touched: [Int] = []

    init(_ series: TickSeries, _ occupancy: Occupancy) {
        self.series = series
        self.occupancy = occupancy
        sums = Array(repeating: TickSums(), count: occupancy.placeCount)
        current = Array(repeating: 0, count: occupancy.placeCount)
    }

    /// Ticks that saw one stack, most of them in most programs, are added up by stack first.
    mutating func addTicks() {
        var lone = LoneTicks(stacks: occupancy.head.count)
        for tick in series.ticks {
            if tick.rows.count == 1 {
                lone.add(series.rows[tick.rows.lowerBound])
            } else {
                for row in series.rows[tick.rows] {
                    touchDifference(row.stack, row.weight, 0, 0)
                }
                addTick(weight: tick.weight)
            }
        }
        addLone(lone)
    }

    mutating func addPairs() {
        for (a, b) in series.pairs {
            touchDifference(a, b)
            let dw = a.weight - b.weight
            for place in touched {
                let dy = current[place]
                sums[place].dydy += dy * dy
                sums[place].dydw += dy * dw
                current[place] = 0
            }
            touched.removeAll(keepingCapacity: true)
        }
    }

    private mutating func addTick(weight: Double) {
        for place in touched {
            let y = current[place]
            sums[place].y += y
            sums[place].yy += y * y
            sums[place].yw += y * weight
            sums[place].on += 1
            sums[place].full += y == weight ? 1 : 0
            current[place] = 0
        }
        touched.removeAll(keepingCapacity: true)
    }

    /// Such a tick's weight is all on its stack: y = w.
    private mutating func addLone(_ lone: LoneTicks) {
        let count = occupancy.sums(ofStackValues: lone.count)
        let weight = occupancy.sums(ofStackValues: lone.weight)
        let square = occupancy.sums(ofStackValues: lone.square)
        for place in sums.indices {
            sums[place].y += weight[place]
            sums[place].yy += square[place]
            sums[place].yw += square[place]
            sums[place].on += count[place]
            sums[place].full += count[place]
        }
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
            touchDifference(p?.stack ?? 0, p?.weight ?? 0, q?.stack ?? 0, q?.weight ?? 0)
            i += p == nil ? 0 : 1
            j += q == nil ? 0 : 1
        }
    }

    /// The places of stack `a` gain its weight and those of `b` lose its. The two chains are followed,
    /// greater index first, to where they meet; from there on both change the same places.
    private mutating func touchDifference(_ a: Int, _ weightA: Double, _ b: Int, _ weightB: Double) {
        var i = Int(occupancy.head[a])
        var j = Int(occupancy.head[b])
        while i != j {
            if i > j {
                touch(i, weightA)
                i = Int(occupancy.next[i])
            } else {
                touch(j, -weightB)
                j = Int(occupancy.next[j])
            }
        }
        while i != 0, weightA != weightB {
            touch(i, weightA - weightB)
            i = Int(occupancy.next[i])
        }
    }

    private mutating func touch(_ node: Int, _ weight: Double) {
        let place = Int(occupancy.place[node])
        if current[place] == 0 { touched.append(place) }
        current[place] += weight
    }
}

/// Ticks that saw one stack each, added up by stack.
private struct LoneTicks {
    private(set) var count: [Double]
    private(set) var weight: [Double]
    private(set) var square: [Double]

    init(stacks: Int) {
        count = Array(repeating: 0, count: stacks)
        weight = count
        square = count
    }

    mutating func add(_ row: TickSeries.Row) {
        count[row.stack] += 1
        weight[row.stack] += row.weight
        square[row.stack] += row.weight * row.weight
    }
}
