extension Jackknife {
    /// Any figure of rounds, with its interval made on the plain scale.
    ///
    /// - Parameter figure: of the rounds with these numbers, in order; `nil` where it has none.
    /// `nil` where there is no figure of all rounds; no interval where there is none without one of them.
    public static func figure(
        ofRounds count: Int, confidence: Double = 0.95, _ figure: ([Int]) -> Double?
    ) -> RoundsEstimate? {
        let all = Array(0..<count)
        guard let full = figure(all), full.isFinite else { return nil }
        let without = all.map { left in figure(all.filter { $0 != left }) ?? .nan }
        return estimate(Replicates(full: full, without: without), on: .plain, confidence)
    }
}

extension RoundsEstimate {
    /// The same with an independent error added in quadrature that reaches so far to either side at the same confidence.
    public func widened(by reach: Double) -> RoundsEstimate {
        RoundsEstimate(
            value: value,
            bounds: bounds.map { bounds in
                let own = (bounds.high - bounds.low) / 2
                let all = (own * own + reach * reach).squareRoot()
                return Bounds(low: value - all, high: value + all)
            })
    }
}
