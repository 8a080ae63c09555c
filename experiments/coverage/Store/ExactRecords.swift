import GRDB

/// Exact coverage of the poisson interval at N, over all p with an expected count in a range.
struct EnumeratedRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "enumerated"
    var n: Int
    var fewest: Double
    var most: Double?
    var points: Int
    var lowest, lowestAt, highest, highestAt: Double
}

/// Multinomial draws in which all of the intervals covered at once.
struct SimultaneousRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "simultaneous"
    var shares: String
    var n, draws, covered: Int
}

/// Simulated experiments whose jackknife interval covered.
struct SimulatedRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "simulated"
    var kind, shape: String
    var variation: Double
    var rounds, trials, covered: Int
    var width: Double
}
