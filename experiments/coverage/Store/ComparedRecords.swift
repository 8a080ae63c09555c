import GRDB

/// How often comparisons without a difference in truth found one at the 5 % level: a row of `compared`.
struct ComparedTally: Sendable, Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "compared"
    var piece: String
    var cell: String
    var n: Int
    var trials: Int
    var byTotalVariation: Int
    /// `nil` where programs are compared.
    var byG: Int?

    /// What is found where nothing is.
    static let level = 0.05
}

/// A round of a real comparison: wall seconds of a control and of a second one, and the seconds that the passes of the control
/// and of a program with more of them say they took.
struct ComparisonRoundRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "round"
    var comparison: Int
    var number: Int
    var session: Int64
    var control, again, passes, morePasses: Double
}
