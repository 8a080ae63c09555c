import GRDB

/// How often comparisons without a difference in truth found one at the 5 % level.
struct ComparedTally: Sendable, Codable, FetchableRecord {
    var cell: String
    var n: Int
    var trials: Int
    var byTotalVariation: Int
    /// `nil` where programs are compared.
    var byG: Int?

    /// What is found where nothing is.
    static let level = 0.05
}

extension Store {
    func compared(_ piece: String) throws -> [ComparedTally] {
        try read { try ComparedTally.fetchAll($0, sql: "SELECT * FROM compared WHERE piece = ? ORDER BY rowid", arguments: [piece]) }
    }

    func keep(_ tally: ComparedTally, of piece: String) throws {
        try write {
            try $0.execute(
                sql: "INSERT INTO compared VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [piece, tally.cell, tally.n, tally.trials, tally.byTotalVariation, tally.byG])
        }
    }
}
