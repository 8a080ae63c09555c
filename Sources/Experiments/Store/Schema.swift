/// The tables of a results file.
///
/// What tells rows apart across stores is text made at random (`key`) or of content (`id`); numbers are of one file.
enum Schema {
    static let version = "experiment/1"

    static let tables = """
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
}
