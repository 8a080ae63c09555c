import GRDB
import Measuring

extension StoreSchema {
    /// Of the coverage experiment's results.
    static let coverage = StoreSchema(
        migrator, subject: "the coverage experiment", option: "--results", remedy: "make coverage")

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("coverage/1") { try $0.execute(sql: tables) }
        migrator.registerMigration("coverage/compared") { try $0.execute(sql: compared) }
        migrator.registerMigration("coverage/2") { try $0.execute(sql: runsUnderConditions) }
        migrator.registerMigration("coverage/3") { try $0.execute(sql: armsAsColumns) }
        return migrator
    }

    private static let compared = """
        -- Simulated comparisons without a difference in truth that found one at the 5 % level: by total variation and, of
        -- single runs, by G. `cell` is what was compared, `n` the ticks of a run, or the runs of a program.
        CREATE TABLE compared (piece TEXT NOT NULL, cell TEXT NOT NULL, n INTEGER NOT NULL, trials INTEGER NOT NULL,
            byTotalVariation INTEGER NOT NULL, byG INTEGER, UNIQUE (piece, cell, n));
        """

    private static let tables = """
        -- What was asked for: `extent` as JSON, `seed`.
        CREATE TABLE spec (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        -- FNV-1a of each program when it was first measured.
        CREATE TABLE program (path TEXT PRIMARY KEY, hash TEXT NOT NULL);
        -- One start of the experiment, and what its machine was then.
        CREATE TABLE session (id INTEGER PRIMARY KEY, began TEXT NOT NULL);
        CREATE TABLE audit (session INTEGER NOT NULL REFERENCES session, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (session, name)) WITHOUT ROWID;

        -- Exact coverage of the poisson interval at N, over all p with an expected count in a range.
        CREATE TABLE enumerated (n INTEGER NOT NULL, fewest REAL NOT NULL, most REAL, points INTEGER NOT NULL,
            lowest REAL NOT NULL, lowestAt REAL NOT NULL, highest REAL NOT NULL, highestAt REAL NOT NULL,
            PRIMARY KEY (n, fewest)) WITHOUT ROWID;
        -- Multinomial draws in which all of the intervals covered at once.
        CREATE TABLE simultaneous (shares TEXT NOT NULL, n INTEGER NOT NULL, draws INTEGER NOT NULL,
            covered INTEGER NOT NULL, PRIMARY KEY (shares, n)) WITHOUT ROWID;
        -- Simulated experiments whose jackknife interval covered.
        CREATE TABLE simulated (kind TEXT NOT NULL, shape TEXT NOT NULL, variation REAL NOT NULL, rounds INTEGER NOT NULL,
            trials INTEGER NOT NULL, covered INTEGER NOT NULL, width REAL NOT NULL,
            PRIMARY KEY (kind, shape, variation, rounds)) WITHOUT ROWID;

        -- When each function began and ended in one unprofiled run, as the workload wrote it.
        CREATE TABLE timeline (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session,
            workload TEXT NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (workload, number));
        -- Draws from one timeline: of one function picked at random in each, whether it was covered.
        CREATE TABLE drawn (id INTEGER PRIMARY KEY, timeline INTEGER NOT NULL REFERENCES timeline,
            schedule TEXT NOT NULL, n INTEGER NOT NULL, draws INTEGER NOT NULL, picked INTEGER NOT NULL,
            UNIQUE (timeline, schedule, n));
        -- The same by function: sums over the draws.
        CREATE TABLE drawnFunction (drawn INTEGER NOT NULL REFERENCES drawn, function TEXT NOT NULL,
            truth REAL NOT NULL, phase REAL NOT NULL, covered INTEGER NOT NULL, error REAL NOT NULL, width REAL NOT NULL,
            binomialWidth REAL NOT NULL, poissonWidth REAL NOT NULL, widest REAL NOT NULL,
            PRIMARY KEY (drawn, function)) WITHOUT ROWID;

        -- Profiled runs of workloads by `signal`; `ticks` is what was seen within, `aim` what was asked for.
        CREATE TABLE run (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session, workload TEXT NOT NULL,
            schedule TEXT NOT NULL, aim INTEGER NOT NULL, number INTEGER NOT NULL, rate REAL NOT NULL, seed TEXT NOT NULL,
            seconds REAL NOT NULL, ticks INTEGER NOT NULL, due INTEGER NOT NULL, taken INTEGER NOT NULL, late INTEGER NOT NULL,
            missed INTEGER NOT NULL, failed INTEGER NOT NULL, aliasing INTEGER NOT NULL,
            UNIQUE (workload, schedule, aim, number));
        -- The truth of that very run, and what the profile says; no interval where none is valid.
        CREATE TABLE share (run INTEGER NOT NULL REFERENCES run, function TEXT NOT NULL, truth REAL NOT NULL,
            share REAL NOT NULL, low REAL, high REAL, PRIMARY KEY (run, function)) WITHOUT ROWID;

        -- Rounds of real comparisons: wall seconds of a control, of a second one, and the seconds that the passes
        -- of the control and of a program with more of them say they took.
        CREATE TABLE round (comparison INTEGER NOT NULL, number INTEGER NOT NULL, session INTEGER NOT NULL REFERENCES session,
            control REAL NOT NULL, again REAL NOT NULL, passes REAL NOT NULL, morePasses REAL NOT NULL,
            PRIMARY KEY (comparison, number)) WITHOUT ROWID;
        """

    /// What another product's sampler and statistics made is not kept; the timelines, of unprofiled runs, are.
    private static let runsUnderConditions = """
        DELETE FROM enumerated;
        DELETE FROM simultaneous;
        DELETE FROM drawnFunction;
        DELETE FROM drawn;
        DROP TABLE share;
        DROP TABLE run;
        -- Profiled runs of workloads by `signal`; `ticks` is what was seen within, `aim` what was asked for,
        -- or 0 for 1 kHz and whatever comes of it; `condition` is what surrounded the run.
        CREATE TABLE run (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session, workload TEXT NOT NULL,
            schedule TEXT NOT NULL, aim INTEGER NOT NULL, condition TEXT NOT NULL, number INTEGER NOT NULL, rate REAL NOT NULL, seed TEXT NOT NULL,
            seconds REAL NOT NULL, ticks INTEGER NOT NULL, due INTEGER NOT NULL, taken INTEGER NOT NULL, late INTEGER NOT NULL,
            missed INTEGER NOT NULL, failed INTEGER NOT NULL, aliasing INTEGER NOT NULL,
            UNIQUE (workload, schedule, aim, condition, number));
        -- The truth of that very run, and what the profile says; no interval where none is valid.
        CREATE TABLE share (run INTEGER NOT NULL REFERENCES run, function TEXT NOT NULL, truth REAL NOT NULL,
            share REAL NOT NULL, low REAL, high REAL, PRIMARY KEY (run, function)) WITHOUT ROWID;

        -- Blocks of a running program that were profiled: of their first and their last function the seconds that the
        -- block says they took, and those that the profile gives.
        CREATE TABLE block (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session, condition TEXT NOT NULL,
            rate REAL NOT NULL, seconds REAL NOT NULL, firstTruth REAL NOT NULL, firstSeconds REAL NOT NULL,
            lastTruth REAL NOT NULL, lastSeconds REAL NOT NULL);
        """

    /// A condition was its name for people; now it is what the name is made of.
    private static let armsAsColumns = """
        CREATE TABLE runOfArm (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session, workload TEXT NOT NULL,
            aim INTEGER NOT NULL, schedule TEXT NOT NULL, clock TEXT NOT NULL, user TEXT NOT NULL, load INTEGER NOT NULL, processors INTEGER,
            interpreter TEXT, number INTEGER NOT NULL, rate REAL NOT NULL, seed TEXT NOT NULL, seconds REAL NOT NULL, ticks INTEGER NOT NULL,
            due INTEGER NOT NULL, taken INTEGER NOT NULL, late INTEGER NOT NULL, missed INTEGER NOT NULL, failed INTEGER NOT NULL,
            aliasing INTEGER NOT NULL, UNIQUE (workload, aim, schedule, clock, user, load, processors, interpreter, number));
        INSERT INTO runOfArm SELECT id, session, workload, aim, schedule, \(clockOfCondition), \(userOfCondition), \(loadOfCondition),
            CASE WHEN condition LIKE '%one processor%' THEN 1 END,
            CASE WHEN condition LIKE '% 3.__' THEN substr(condition, -4) END,
            number, rate, seed, seconds, ticks, due, taken, late, missed, failed, aliasing FROM run;
        CREATE TABLE shareOfArm (run INTEGER NOT NULL REFERENCES run, function TEXT NOT NULL, truth REAL NOT NULL,
            share REAL NOT NULL, low REAL, high REAL, PRIMARY KEY (run, function)) WITHOUT ROWID;
        INSERT INTO shareOfArm SELECT * FROM share;
        DROP TABLE share;
        DROP TABLE run;
        -- Profiled runs of workloads by `signal`, and what surrounded them.
        ALTER TABLE runOfArm RENAME TO run;
        ALTER TABLE shareOfArm RENAME TO share;

        CREATE TABLE blockOfArm (id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session, clock TEXT NOT NULL,
            user TEXT NOT NULL, load INTEGER NOT NULL, rate REAL NOT NULL, seconds REAL NOT NULL, firstTruth REAL NOT NULL,
            firstSeconds REAL NOT NULL, lastTruth REAL NOT NULL, lastSeconds REAL NOT NULL);
        INSERT INTO blockOfArm SELECT id, session, \(clockOfCondition), \(userOfCondition), \(loadOfCondition), rate, seconds, firstTruth,
            firstSeconds, lastTruth, lastSeconds FROM block;
        DROP TABLE block;
        ALTER TABLE blockOfArm RENAME TO block;
        """

    private static let clockOfCondition = "substr(condition, 1, instr(condition, ' ') - 1)"
    private static let userOfCondition =
        "CASE WHEN condition LIKE '% unprivileged %' THEN 'unprivileged' ELSE 'root' END"
    private static let loadOfCondition =
        "CASE WHEN condition LIKE '% load %' THEN CAST(substr(condition, instr(condition, 'load ') + 5) AS INTEGER) ELSE 0 END"
}
