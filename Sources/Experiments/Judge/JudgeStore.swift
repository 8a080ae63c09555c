import Foundation
import GRDB
import Measuring
import ProfileModel
import Running

extension StoreSchema {
    /// Of what the judge measured.
    public static let judge: StoreSchema = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("judge/1") { try $0.execute(sql: tables) }
        return StoreSchema(migrator, subject: "the judge", option: "--store", remedy: "swprof judge TOOL… --store FILE")
    }()

    private static let tables = """
        -- One start of the judge.
        CREATE TABLE session (number INTEGER PRIMARY KEY, began TEXT NOT NULL, build TEXT NOT NULL, quick INTEGER NOT NULL);
        -- What the machine and its interpreter were then.
        CREATE TABLE audit (session INTEGER NOT NULL REFERENCES session, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (session, name)) WITHOUT ROWID;
        -- A tool on an interpreter; `refusal` says why it could not be run.
        CREATE TABLE tool (session INTEGER NOT NULL REFERENCES session, name TEXT NOT NULL, version TEXT, python TEXT NOT NULL,
            refusal TEXT, PRIMARY KEY (session, name)) WITHOUT ROWID;
        -- One run: of a tool, or without one. `hash` is of the program's content and arguments, `content` the run as JSON.
        CREATE TABLE run (session INTEGER NOT NULL REFERENCES session, program TEXT NOT NULL, hash TEXT NOT NULL,
            round INTEGER NOT NULL, tool TEXT, content TEXT NOT NULL);
        CREATE INDEX runOfTool ON run (tool, program);
        """
}

/// One start of the judge.
struct JudgeSession: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "session"
    var number: Int64?
    var began = Date.now.formatted(.iso8601)
    var build: String
    var quick: Bool

    mutating func didInsert(_ inserted: InsertionSuccess) { number = inserted.rowID }
}

/// A tool on an interpreter, in one session.
struct ToolRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "tool"
    var session: Int64
    var name: String
    var version: String?
    var python: String
    var refusal: String?
}

/// One run; of no tool where the program ran as it is.
struct RunRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "run"
    var session: Int64
    var program: String
    var hash: String
    var round: Int
    var tool: String?
    var content: JudgedRun

    init(session: Int64, _ program: BatteryProgram, round: Int, tool: String?, _ run: JudgedRun) {
        (self.session, self.program, hash) = (session, program.name, program.hash)
        (self.round, self.tool, content) = (round, tool, run)
    }
}

extension Store {
    /// Whether judging was of the short form, by session.
    public func judgedForms() throws(RunningError) -> [Bool] {
        try read { try JudgeSession.fetchAll($0).map(\.quick) }
    }

    func beginJudging(_ tools: [JudgedTool], python: String, build: String, quick: Bool, audit: [String: String])
        throws(RunningError) -> Int64
    {
        try write { db in
            let session = try JudgeSession(build: build, quick: quick).inserted(db).number ?? 0
            try AuditRecord.insert(audit, session: session, in: db)
            for tool in tools {
                try ToolRecord(
                    session: session, name: tool.name, version: tool.version, python: python, refusal: tool.refusal
                ).insert(db)
            }
            return session
        }
    }

    func add(_ runs: [RunRecord]) throws(RunningError) {
        try write { db in for run in runs { try run.insert(db) } }
    }
}
