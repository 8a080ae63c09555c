import Measuring

/// Poisson: whether the interval of one share covers, summed exactly over the binomial.
struct Enumerated: Piece {
    var name: String { "enumerated" }

    /// The expected count from which on more is asked.
    private static let enough = 10.0

    func measure(in experiment: Experiment) async throws {
        for (done, ticks) in experiment.extent.enumerated.enumerated() {
            experiment.progress(name, done, experiment.extent.enumerated.count)
            guard try !isStored(ticks, experiment.store) else { continue }
            let coverage = EnumeratedCoverage(ticks: ticks)
            for range in [0..<Self.enough, Self.enough..<Double.infinity] {
                guard let extremes = coverage.extremes(expected: range) else { continue }
                try experiment.store.insert(
                    EnumeratedRecord(
                        n: ticks, fewest: range.lowerBound, most: range.upperBound.isFinite ? range.upperBound : nil,
                        points: extremes.points, lowest: extremes.lowest, lowestAt: extremes.lowestAt,
                        highest: extremes.highest,
                        highestAt: extremes.highestAt))
            }
        }
    }

    private func isStored(_ ticks: Int, _ store: Store) throws -> Bool {
        try store.has(EnumeratedRecord.self, ["n": ticks])
    }

    func rows(from store: Store) throws -> [Row] {
        let stored = try store.records(EnumeratedRecord.self, by: "n")
        return (stored.filter { $0.fewest >= Self.enough } + stored.filter { $0.fewest < Self.enough }).map(row)
    }

    private func row(_ stored: EnumeratedRecord) -> Row {
        let isEnough = stored.fewest >= Self.enough
        let isMet = stored.lowest >= 0.93 && (!isEnough || stored.highest <= 0.97)
        return Row(
            figure: "poisson, one share, N = \(stored.n), expected count \(isEnough ? "at least" : "under") 10",
            asked: isEnough ? "93 to 97 %" : "at least 93 %",
            measured: "\(extreme(stored.lowest, stored.lowestAt)), \(extreme(stored.highest, stored.highestAt))",
            from: "\(stored.points) shares, exact", verdict: isMet ? .met : .missed)
    }

    private func extreme(_ coverage: Double, _ p: Double) -> String {
        "\(Words.percent(coverage, 2)) at p = \(Words.decimals(p, 5))"
    }
}
