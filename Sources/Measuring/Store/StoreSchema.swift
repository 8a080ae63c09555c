import GRDB

/// What a kind of results file holds, and what to say where one cannot be used.
public struct StoreSchema: Sendable {
    /// Brings a file of any older version to today's tables.
    public var migrator: DatabaseMigrator
    /// What the results are of, as in `holds no results of an experiment`.
    public var subject: String
    /// The option that names another file.
    public var option: String
    /// What makes results.
    public var remedy: String

    public init(_ migrator: DatabaseMigrator, subject: String, option: String, remedy: String) {
        (self.migrator, self.subject, self.option, self.remedy) = (migrator, subject, option, remedy)
    }
}
