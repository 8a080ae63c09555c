import GRDB
import Measuring

extension StoreSchema {
    /// Of an experiment's results.
    ///
    /// What tells rows apart across stores is text made at random (`key`) or of content (`id`); numbers are of one file.
    public static let experiment: StoreSchema = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("experiment/1") { try $0.execute(sql: tables) }
        migrator.registerMigration("experiment/2", migrate: armsAsColumns)
        return StoreSchema(migrator, subject: "an experiment", option: "--store", remedy: "swprof experiment run")
    }()

    private static let tables = """
        -- One start of the experiment: the spec's text, the seed of its order, the swprof that ran it.
        CREATE TABLE session (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, began TEXT NOT NULL, spec TEXT NOT NULL,
            title TEXT NOT NULL, quick INTEGER NOT NULL, seed TEXT NOT NULL, build TEXT NOT NULL);
        -- What the machine and its interpreters were then.
        CREATE TABLE audit (session INTEGER NOT NULL REFERENCES session, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (session, name)) WITHOUT ROWID;
        -- A program with its arguments (JSON) under an interpreter; `program` is the hash of its content.
        CREATE TABLE block (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workload TEXT NOT NULL, size TEXT NOT NULL,
            python TEXT NOT NULL, program TEXT NOT NULL);
        -- One way to run it; `role` is control, second control or profiled.
        CREATE TABLE cell (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, block INTEGER NOT NULL REFERENCES block,
            arm TEXT NOT NULL, role TEXT NOT NULL, kind TEXT);
        -- One pass through `due` cells of a block; load and steal (a part of all CPU time since the round before) as it began.
        CREATE TABLE round (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, block INTEGER NOT NULL REFERENCES block,
            session INTEGER NOT NULL REFERENCES session, due INTEGER NOT NULL, load REAL, steal REAL, megahertz REAL);
        -- One run of a cell; `why` says what was wrong with it. Times in seconds; `began` since 1970.
        CREATE TABLE measurement (number INTEGER PRIMARY KEY, round INTEGER NOT NULL REFERENCES round,
            cell INTEGER NOT NULL REFERENCES cell, session INTEGER NOT NULL REFERENCES session, position INTEGER NOT NULL,
            began REAL NOT NULL, wall REAL NOT NULL, cpu REAL NOT NULL, status INTEGER NOT NULL, why TEXT, output TEXT,
            hashSeed TEXT, padding INTEGER, seed TEXT, pythonCalls INTEGER, cCalls INTEGER, due INTEGER, taken INTEGER, late INTEGER,
            missed INTEGER, failed INTEGER, UNIQUE (round, cell));
        CREATE INDEX measurementOfCell ON measurement (cell);
        -- A place's share of one run: `basis` is function, line, within or truth.
        CREATE TABLE share (measurement INTEGER NOT NULL REFERENCES measurement, basis TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL,
            line INTEGER NOT NULL, share REAL NOT NULL, PRIMARY KEY (measurement, basis, name, file, line)) WITHOUT ROWID;
        """

    /// An arm was its label for people; now it is what the label is made of. `functions` is JSON.
    private static func armsAsColumns(_ db: Database) throws {
        for column in ["design TEXT", "peer TEXT", "rate REAL", "schedule TEXT", "clock TEXT", "functions TEXT"] {
            try db.execute(sql: "ALTER TABLE cell ADD COLUMN \(column)")
        }
        for row in try GRDB.Row.fetchAll(db, sql: "SELECT number, arm, kind FROM cell WHERE role = 'profiled'") {
            let arm = LabelledArm(row["arm"], isSampler: row["kind"] == "sampling")
            try db.execute(
                sql:
                    "UPDATE cell SET design = ?, peer = ?, rate = ?, schedule = ?, clock = ?, functions = ? WHERE number = ?",
                arguments: [
                    arm.design, arm.peer, arm.rate, arm.schedule, arm.clock, arm.functions, row["number"] as Int64,
                ])
        }
        try db.execute(sql: "ALTER TABLE cell DROP COLUMN arm")
    }
}

/// What a label of a store's first version says: `signal 100 Hz poisson cpu`, `lines of f,g`, `py-spy`.
struct LabelledArm: Equatable {
    var design: String?
    var peer: String?
    var rate: Double?
    var schedule: String?
    var clock: String?
    /// As JSON.
    var functions: String?
}

extension LabelledArm {
    /// Those that there were then.
    private static let designs: Set = ["setprofile", "evalframe", "monitoring", "lines", "signal", "gil"]

    init(_ label: String, isSampler: Bool) {
        self.init()
        let words = label.split(separator: " ").map(String.init)
        let tool = words.first ?? ""
        if Self.designs.contains(tool) { (design, clock) = (tool, "wall") } else { peer = tool }
        if isSampler { (rate, schedule) = (1000, design == nil ? nil : "jittered") }
        for (word, next) in zip(words.dropFirst(), words.dropFirst(2) + [""]) {
            switch word {
            case "Hz", "wall": break
            case "poisson", "periodic": schedule = word
            case "cpu": clock = word
            case "of": functions = "[" + next.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",") + "]"
            default: if next == "Hz", let value = Double(word) { rate = value }
            }
        }
    }
}
