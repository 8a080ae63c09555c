extension OverheadRegression {
    /// What a workload added, and what the others let expect.
    public struct Prediction: Sendable, Equatable {
        public var group: Int
        /// Mean added time over its rows.
        public var measured: Double
        /// The mean of the predictions for its rows; `nil` where the others do not determine the model.
        public var predicted: Double?
    }

    /// Σ |predicted − measured| / Σ |measured| over the workloads: the error as a part of the added time.
    ///
    /// `nil` where one cannot be predicted or nothing was added. Source: M. Stone, "Cross-validatory choice
    /// and assessment of statistical predictions", J. R. Statist. Soc. B 36 (1974), 111–147.
    public var leaveOneOutError: Double? {
        let errors = leftOut.compactMap { left in left.predicted.map { abs($0 - left.measured) } }
        let added = leftOut.reduce(0) { $0 + abs($1.measured) }
        guard errors.count == leftOut.count, added > 0 else { return nil }
        return errors.reduce(0, +) / added
    }

    static func predictions(_ rows: [Row]) -> [Prediction] {
        Dictionary(grouping: rows, by: \.group).sorted { $0.key < $1.key }.map { group, own in
            let costs = regression(rows.filter { $0.group != group })?.weighted()?.coefficients
            return Prediction(
                group: group, measured: mean(own.map(\.added)),
                predicted: costs.map { costs in mean(own.map { prediction(costs, $0.predictors) }) })
        }
    }

    private static func prediction(_ costs: [Double], _ predictors: [Double]) -> Double {
        zip(costs.dropFirst(), predictors).reduce(costs[0]) { $0 + $1.0 * $1.1 }
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }
}
