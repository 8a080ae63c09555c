import Statistics

/// Whether what was before a pass shows in it: what the design leaves behind when it goes off, or takes time to reach.
public struct CarryOver: Encodable, Sendable, Equatable {
    /// Passes later after a switch over those right behind the washout pass, with the design on; 1 where the washout pass took
    /// all that the switch left. Null where there are no passes of both kinds.
    @ExplicitNull public var on: Ratio?
    /// The same with the design off.
    @ExplicitNull public var off: Ratio?
    /// Washout passes over those that count, which is what was left out.
    public var washout: Washout

    public struct Washout: Encodable, Sendable, Equatable {
        @ExplicitNull public var on: Ratio?
        @ExplicitNull public var off: Ratio?

        public init(on: Ratio?, off: Ratio?) { (self.on, self.off) = (on, off) }
    }

    public init(on: Ratio?, off: Ratio?, washout: Washout) {
        (self.on, self.off, self.washout) = (on, off, washout)
    }
}

extension CarryOver {
    /// - Parameters:
    ///   - passes: of the duet alone: in its other arms what counts as a switch may be none.
    ///   - blocks: into how many blocks the pairs are put.
    init(_ passes: [MeasuredPass], blocks: Int, confidence: Double = 0.95) {
        func ratio(_ isOn: Bool, _ first: (Int) -> Bool, _ second: (Int) -> Bool) -> Ratio? {
            let own = passes.filter { $0.isOn == isOn }
            return Self.ratio(own.filter { first($0.place) }, own.filter { second($0.place) }, blocks, confidence)
        }
        func later(_ isOn: Bool) -> Ratio? { ratio(isOn, { $0 > 1 }, { $0 == 1 }) }
        func washout(_ isOn: Bool) -> Ratio? { ratio(isOn, { $0 == 0 }, { $0 > 0 }) }
        self.init(on: later(true), off: later(false), washout: Washout(on: washout(true), off: washout(false)))
    }

    /// The ratio of the mean times of two kinds of passes, of blocks of neighbouring pairs.
    private static func ratio(
        _ first: [MeasuredPass], _ second: [MeasuredPass], _ blocks: Int, _ confidence: Double
    ) -> Ratio? {
        let pairs = (first + second).map(\.pair)
        guard blocks >= Jackknife.fewestPairs, let low = pairs.min(), let high = pairs.max() else { return nil }
        func sums(_ passes: [MeasuredPass]) -> (sums: [Double], counts: [Double]) {
            var sums = [Double](repeating: 0, count: blocks)
            var counts = sums
            for pass in passes {
                let block = (pass.pair - low) * blocks / (high - low + 1)
                sums[block] += pass.wall
                counts[block] += 1
            }
            return (sums, counts)
        }
        return Jackknife.ratio(ofMeans: sums(first), to: sums(second), confidence: confidence).map { Ratio($0) }
    }
}
