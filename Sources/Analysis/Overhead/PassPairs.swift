import Statistics

/// Pairs of neighbouring passes, in the order in which they were made.
struct PassPairs {
    private(set) var numerators: [MeasuredPass] = []
    private(set) var denominators: [MeasuredPass] = []

    var count: Int { numerators.count }

    mutating func add(_ first: MeasuredPass, _ second: MeasuredPass) {
        numerators.append(first.isNumerator ? first : second)
        denominators.append(first.isNumerator ? second : first)
    }

    /// The ratio of mean times; `nil` where there is no pair, or no time.
    func ratio(of time: (MeasuredPass) -> Double, confidence: Double = 0.95) -> PairsEstimate? {
        Jackknife.ratio(ofPairs: numerators.map(time), to: denominators.map(time), confidence: confidence)
    }

    /// CPU seconds that threads beside the pass's own use with the design on and not with it off, per second of wall time.
    func ownRate(_ blocks: PairBlocks) -> RoundsEstimate? {
        func beside(_ pass: MeasuredPass) -> Double { pass.cpu - pass.threadCPU }
        let added = zip(numerators, denominators).map { beside($0) - beside($1) }
        var rate = Jackknife.rate(blocks.sums(added), per: blocks.sums(numerators.map(\.wall)))
        if count < Jackknife.fewestPairs { rate?.bounds = nil }
        return rate
    }
}
