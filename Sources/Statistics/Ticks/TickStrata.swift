/// Ticks of several processes, each by a schedule of its own, as one series.
///
/// The processes' ticks are independent of each other. Process k has the known part Wₖ of all weight, and share pₖ with
/// variance Vₖ; so the whole has share Σ Wₖpₖ and variance Σ Wₖ²Vₖ (W. G. Cochran, Sampling Techniques, 3rd ed. 1977,
/// theorem 5.3). A ratio's residuals are those about its own process's share then, not about the whole's: with y − pₖ·w in
/// the place of y, all sums of squares may be added up, and with p·w added again they are such as `ShareVariance` takes.
///
/// Where parts are not known, as those of the time under one function, the residuals are about the whole's share (Cochran's
/// combined ratio, section 6.11).
public struct TickStrata: Sendable {
    public private(set) var totals = TickTotals()
    private let strata: [TickTotals]
    /// By stratum, what its differences of pairs, and of windows, are multiplied by. Each stratum's stand for all its ticks.
    private let ofPairs: [Double]
    private let ofWindows: [Double]

    public init(_ strata: [TickTotals]) {
        self.strata = strata
        ofPairs = Self.factors(strata, \.pairs)
        ofWindows = Self.factors(strata, \.windows)
        for (at, stratum) in strata.enumerated() { totals.add(stratum, ofPairs[at], ofWindows[at]) }
    }

    private static func factors(_ strata: [TickTotals], _ count: (TickTotals) -> Double) -> [Double] {
        let counted = strata.filter { count($0) > 0 }
        let (counts, ticks) = (counted.reduce(0) { $0 + count($1) }, counted.reduce(0) { $0 + $1.standingFor })
        return strata.map { count($0) > 0 ? $0.standingFor / count($0) * counts / ticks : 1 }
    }

    /// The sums over all strata for every place.
    ///
    /// - Parameters:
    ///   - partsAreKnown: whether the strata's weights are.
    ///   - sums: of a stratum by its index, for every place.
    public func sums(places: Int, partsAreKnown: Bool, _ sums: (Int) -> [TickSums]) -> [TickSums] {
        var all = [TickSums](repeating: TickSums(), count: places)
        var undecided = [Double](repeating: 0, count: places)
        var plain = all
        for (at, stratum) in strata.enumerated() {
            for (place, part) in sums(at).enumerated() {
                let share = partsAreKnown ? part.share(of: stratum) ?? 0 : 0
                all[place].add(part.moved(by: -share, stratum), ofPairs[at], ofWindows[at])
                plain[place].add(part, 1, 1)
                undecided[place] += min(part.on, stratum.ticks - part.full)
            }
        }
        guard partsAreKnown else { return all }
        return all.indices.map { place in
            var sums = all[place].moved(by: all[place].share(of: totals) ?? 0, totals)
            // What hardly a tick could have seen otherwise has no variance within processes that could be told.
            if undecided[place] < Self.enough { (sums.yy, sums.yw) = (plain[place].yy, plain[place].yw) }
            return sums
        }
    }

    /// Ticks that see a place in a process which also has others, under which their squares say too little.
    private static let enough = 30.0
}

extension TickTotals {
    /// How many ticks' variance the differences stand for.
    fileprivate var standingFor: Double { max(ticks, strata) }

    fileprivate mutating func add(_ other: TickTotals, _ ofPairs: Double, _ ofWindows: Double) {
        ticks += other.ticks
        w += other.w
        ww += other.ww
        lost += other.lost
        strata += other.strata
        pairs += other.pairs
        dwdw += ofPairs * other.dwdw
        windows += other.windows
        d3wd3w += ofWindows * other.d3wd3w
    }
}

extension TickSums {
    fileprivate mutating func add(_ other: TickSums, _ ofPairs: Double, _ ofWindows: Double) {
        y += other.y
        lost += other.lost
        yy += other.yy
        yw += other.yw
        on += other.on
        full += other.full
        dydy += ofPairs * other.dydy
        dydw += ofPairs * other.dydw
        d3yd3y += ofWindows * other.d3yd3y
        d3yd3w += ofWindows * other.d3yd3w
    }

    /// With squares and products of y + δ·w in the place of y's.
    fileprivate func moved(by δ: Double, _ totals: TickTotals) -> TickSums {
        var moved = self
        moved.yy += 2 * δ * yw + δ * δ * totals.ww
        moved.yw += δ * totals.ww
        moved.dydy += 2 * δ * dydw + δ * δ * totals.dwdw
        moved.dydw += δ * totals.dwdw
        moved.d3yd3y += 2 * δ * d3yd3w + δ * δ * totals.d3wd3w
        moved.d3yd3w += δ * totals.d3wd3w
        return moved
    }
}
