import Statistics

extension TickSeries {
    /// The sums over all ticks for every place.
    func sums(_ charge: Charge) -> [TickSums] {
        guard let strata else { return sumsOfOne(charge) }
        return TickStrata(strata.map(\.totalsOfOne)).sums(places: charge.placeCount, partsAreKnown: partsAreKnown) {
            strata[$0].sumsOfOne(charge)
        }
    }

    /// The same, taken for those of one process.
    private func sumsOfOne(_ charge: Charge) -> [TickSums] {
        var summing = TickSumming(self, charge)
        summing.addTicks()
        var differences = DifferenceSumming(self, charge)
        differences.add(to: &summing.sums)
        return summing.sums
    }
}

/// Adds up what each tick saw of every place, touching only the places that were there.
private struct TickSumming {
    let series: TickSeries
    let charge: Charge
    var sums: [TickSums]
    /// What the tick at hand has of every place.
    private var current: SparseValues

    init(_ series: TickSeries, _ charge: Charge) {
        self.series = series
        self.charge = charge
        sums = Array(repeating: TickSums(), count: charge.placeCount)
        current = SparseValues(count: charge.placeCount)
    }

    /// Ticks that saw one stack, most of them in most programs, are added up by stack first.
    mutating func addTicks() {
        var lone = LoneTicks(stacks: charge.head.count)
        for tick in series.ticks {
            if tick.rows.count == 1 {
                lone.add(series.rows[tick.rows.lowerBound])
            } else {
                for row in series.rows[tick.rows] { add(row) }
                addTick(weight: tick.weight)
            }
        }
        addLone(lone)
    }

    private mutating func add(_ row: TickSeries.Row) {
        var node = Int(charge.head[row.stack])
        while node != 0 {
            current.add(row.weight, at: Int(charge.place[node]))
            sums[Int(charge.place[node])].lost += row.weight - row.seen
            node = Int(charge.next[node])
        }
    }

    private mutating func addTick(weight: Double) {
        for (place, y) in current.drained() {
            sums[place].y += y
            sums[place].yy += y * y
            sums[place].yw += y * weight
            sums[place].on += 1
            sums[place].full += y == weight ? 1 : 0
        }
    }

    /// Such a tick's weight is all on its stack: y = w.
    private mutating func addLone(_ lone: LoneTicks) {
        let count = charge.sums(ofStackValues: lone.count)
        let lost = charge.sums(ofStackValues: lone.lost)
        let weight = charge.sums(ofStackValues: lone.weight)
        let square = charge.sums(ofStackValues: lone.square)
        for place in sums.indices {
            sums[place].y += weight[place]
            sums[place].lost += lost[place]
            sums[place].yy += square[place]
            sums[place].yw += square[place]
            sums[place].on += count[place]
            sums[place].full += count[place]
        }
    }
}

/// Ticks that saw one stack each, added up by stack.
private struct LoneTicks {
    private(set) var count: [Double]
    private(set) var lost: [Double]
    private(set) var weight: [Double]
    private(set) var square: [Double]

    init(stacks: Int) {
        count = Array(repeating: 0, count: stacks)
        lost = count
        weight = count
        square = count
    }

    mutating func add(_ row: TickSeries.Row) {
        count[row.stack] += 1
        lost[row.stack] += row.weight - row.seen
        weight[row.stack] += row.weight
        square[row.stack] += row.weight * row.weight
    }
}
