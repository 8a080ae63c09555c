import Statistics

/// Whether what was before a pass shows in it: what the design leaves behind when it goes off, or takes time to reach.
public struct CarryOver: Encodable, Sendable, Equatable {
    /// Passes later after a switch over those right behind the washout pass, with the design on; 1 where the washout pass took
    /// all that the switch left. Null where there are no passes of both kinds.
    @ExplicitNull public var on: Ratio?
    /// The same with the design off.
    @ExplicitNull public var off: Ratio?
    /// The same of the CPU time of the thread: what code and caches do, and not how the machine deals out its processors.
    public var threadCPU: States
    /// Washout passes over those that count, which is what was left out; wall time.
    public var washout: States

    public struct States: Encodable, Sendable, Equatable {
        @ExplicitNull public var on: Ratio?
        @ExplicitNull public var off: Ratio?

        public init(on: Ratio?, off: Ratio?) { (self.on, self.off) = (on, off) }
    }

    public init(on: Ratio?, off: Ratio?, threadCPU: States, washout: States) {
        (self.on, self.off, self.threadCPU, self.washout) = (on, off, threadCPU, washout)
    }
}

extension CarryOver {
    /// - Parameters:
    ///   - passes: of the duet alone: in its other arms what counts as a switch may be none.
    ///   - blocks: into how many blocks the pairs are put.
    init(_ passes: [MeasuredPass], blocks: Int, confidence: Double = 0.95) {
        let kinds = PassKinds(passes: passes, blocks: blocks, confidence: confidence)
        let wall = kinds.later(\.wall)
        self.init(on: wall.on, off: wall.off, threadCPU: kinds.later(\.threadCPU), washout: kinds.washout(\.wall))
    }
}

/// Passes by how long the last switch is ago.
private struct PassKinds {
    let passes: [MeasuredPass]
    let blocks: Int
    let confidence: Double

    /// The second and later ones behind the washout pass over the first.
    func later(_ time: (MeasuredPass) -> Double) -> CarryOver.States {
        states(time, { $0.place > 1 }, over: { $0.place == 1 })
    }

    func washout(_ time: (MeasuredPass) -> Double) -> CarryOver.States {
        states(time, { $0.isWashout }, over: { !$0.isWashout })
    }

    private func states(
        _ time: (MeasuredPass) -> Double, _ first: (MeasuredPass) -> Bool, over second: (MeasuredPass) -> Bool
    ) -> CarryOver.States {
        func ratio(_ isOn: Bool) -> Ratio? {
            let own = passes.filter { $0.isOn == isOn }
            return self.ratio(of: time, own.filter(first), over: own.filter(second))
        }
        return CarryOver.States(on: ratio(true), off: ratio(false))
    }

    /// The ratio of mean times, over blocks of neighbouring pairs.
    private func ratio(
        of time: (MeasuredPass) -> Double, _ first: [MeasuredPass], over second: [MeasuredPass]
    ) -> Ratio? {
        let pairs = (first + second).map(\.pair)
        guard blocks >= Jackknife.fewestPairs, let low = pairs.min(), let high = pairs.max() else { return nil }
        func sums(_ passes: [MeasuredPass]) -> (sums: [Double], counts: [Double]) {
            var sums = [Double](repeating: 0, count: blocks)
            var counts = sums
            for pass in passes {
                let block = (pass.pair - low) * blocks / (high - low + 1)
                sums[block] += time(pass)
                counts[block] += 1
            }
            return (sums, counts)
        }
        return Jackknife.ratio(ofMeans: sums(first), to: sums(second), confidence: confidence).map { Ratio($0) }
    }
}
