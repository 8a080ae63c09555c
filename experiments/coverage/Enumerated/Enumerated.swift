import GRDB

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
            try experiment.store.write { db in
                for range in [0..<Self.enough, Self.enough..<Double.infinity] {
                    guard let extremes = coverage.extremes(expected: range) else { continue }
                    try db.execute(
                        sql: "INSERT INTO enumerated VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        arguments: [
                            ticks, range.lowerBound, range.upperBound.isFinite ? range.upperBound : nil, extremes.points,
                            extremes.lowest, extremes.lowestAt, extremes.highest, extremes.highestAt,
                        ])
                }
            }
        }
    }

    private func isStored(_ ticks: Int, _ store: Store) throws -> Bool {
        try store.read { try Bool.fetchOne($0, sql: "SELECT count(*) > 0 FROM enumerated WHERE n = ?", arguments: [ticks]) ?? false }
    }

    private struct Stored: Decodable, FetchableRecord {
        var n: Int
        var fewest: Double
        var points: Int
        var lowest, lowestAt, highest, highestAt: Double
    }

    func rows(from store: Store) throws -> [Row] {
        let stored = try store.read { try Stored.fetchAll($0, sql: "SELECT * FROM enumerated ORDER BY fewest DESC, n") }
        return stored.map(row)
    }

    private func row(_ stored: Stored) -> Row {
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
