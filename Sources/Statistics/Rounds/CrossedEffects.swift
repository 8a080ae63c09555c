/// Numbers that are measured in several units, each on several items, and what another unit with another item would give.
///
/// With unit means mᵤ and item means mᵢ over U units and I items, a prediction has the covariance
/// S(mᵤ)·(1 + 1/U) + S(mᵢ)·(1 + 1/I), S the sample covariance: random effects of both, crossed (S. R. Searle, G. Casella
/// and C. E. McCulloch, Variance Components, 1992, section 4.3). Both hold some of the scatter of single
/// measurements, so it is rather too large than too small.
public struct CrossedEffects: Sendable, Equatable {
    public var mean: [Double]
    public var covariance: [[Double]]
    /// The least of all numbers', by Satterthwaite's formula (see `CombinedInterval`); 1 at least.
    public var degreesOfFreedom: Double

    /// - Parameter blocks: numbers that have items of their own, by unit, item and number; the units are those of
    ///   all blocks. There must be a unit and an item.
    public init(_ blocks: [[[[Double]]]]) {
        let units = blocks[0].indices.map { unit in blocks.flatMap { Covariance.mean($0[unit]) } }
        let byUnit = Covariance.sample(units)
        mean = Covariance.mean(units)
        covariance = byUnit.map { $0.map { $0 * Self.factor(units.count) } }
        degreesOfFreedom = .infinity
        var start = 0
        for block in blocks {
            add(byItem: block, from: start, byUnit, units: units.count)
            start += block[0][0].count
        }
        degreesOfFreedom = max(1, degreesOfFreedom)
    }

    private mutating func add(byItem block: [[[Double]]], from start: Int, _ byUnit: [[Double]], units: Int) {
        let items = block[0].indices.map { item in Covariance.mean(block.map { $0[item] }) }
        let byItem = Covariance.sample(items)
        for i in byItem.indices {
            for j in byItem.indices { covariance[start + i][start + j] += byItem[i][j] * Self.factor(items.count) }
            degreesOfFreedom = min(
                degreesOfFreedom,
                CombinedInterval.degreesOfFreedom([
                    .init(
                        variance: byUnit[start + i][start + i] * Self.factor(units), degreesOfFreedom: Double(units - 1)
                    ),
                    .init(variance: byItem[i][i] * Self.factor(items.count), degreesOfFreedom: Double(items.count - 1)),
                ]))
        }
    }

    private static func factor(_ count: Int) -> Double { 1 + 1 / Double(count) }
}
