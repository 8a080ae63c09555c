import Glibc

extension Jackknife {
    /// The geometric mean of several ratios of means, all over the same rounds, with its interval made on the log scale.
    ///
    /// `nil` where there is no ratio, or one of the means is not above 0.
    public static func geometricMean(
        ofRatios ratios: [(numerators: [Double], denominators: [Double])], confidence: Double = 0.95
    ) -> RoundsEstimate? {
        let replicates = ratios.map { leaveOneOut($0.numerators, over: $0.denominators) }
        guard let first = replicates.first, replicates.allSatisfy({ $0.full > 0 && $0.full.isFinite }) else {
            return nil
        }
        precondition(
            replicates.allSatisfy { $0.without.count == first.without.count }, "the ratios are of the same rounds")
        func mean(_ values: [Double]) -> Double { exp(values.reduce(0) { $0 + log($1) } / Double(values.count)) }
        let means = Replicates(
            full: mean(replicates.map(\.full)),
            without: first.without.indices.map { round in mean(replicates.map { $0.without[round] }) })
        return estimate(means, on: .log, confidence)
    }
}
