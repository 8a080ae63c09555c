import Statistics

/// What ticks add up to that saw one stack each, `on` of them a place.
struct BinomialTicks {
    var sums = TickSums()
    var totals = TickTotals()

    init(on: Int, of ticks: Int) {
        let (x, n) = (Double(on), Double(ticks))
        sums.y = x
        sums.yy = x
        sums.yw = x
        sums.on = x
        sums.full = x
        totals.ticks = n
        totals.w = n
        totals.ww = n
    }
}

/// The product's poisson interval for every count out of N, each made once.
struct PoissonIntervals {
    let ticks: Int
    let confidence: Double
    private var known: [Bounds?]

    init(ticks: Int, confidence: Double = 0.95) {
        self.ticks = ticks
        self.confidence = confidence
        known = Array(repeating: nil, count: ticks + 1)
    }

    /// Where there is no interval, one that covers nothing stands for it.
    mutating func interval(_ on: Int) -> Bounds {
        if let bounds = known[on] { return bounds }
        let seen = BinomialTicks(on: on, of: ticks)
        let bounds =
            ShareInterval.poisson(seen.sums, seen.totals, confidence: confidence)
            ?? Bounds(low: .infinity, high: -.infinity)
        known[on] = bounds
        return bounds
    }
}

extension Bounds {
    func covers(_ value: Double) -> Bool { low <= value && value <= high }
}
