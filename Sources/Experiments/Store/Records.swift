import Analysis
import GRDB
import Measuring
import ProfileModel
import Running

/// One start of the experiment.
struct SessionRecord: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "session"
    var number: Int64?
    var key: String
    var began: String
    var spec: String
    var title: String
    var quick: Bool
    var seed: String
    var build: String

    mutating func didInsert(_ inserted: InsertionSuccess) { number = inserted.rowID }
}

/// A program with its arguments under an interpreter.
struct BlockRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "block"
    static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
    var number: Int64?
    var id: String
    var workload: String
    var size: [String]
    var python: String
    /// The hash of its content.
    var program: String

    init(_ block: Block) {
        (id, workload, size) = (block.id, block.workload.name, block.size)
        (python, program) = (block.interpreter.facts.python, block.workload.hash)
    }
}

/// One way to run it.
struct CellRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "cell"
    static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
    var number: Int64?
    var id: String
    var block: Int64
    var role: MeasuredCell.Role
    var kind: Kind?
    var design: String?
    var peer: String?
    var rate: Double?
    var schedule: Schedule?
    var clock: Clock?
    var functions: [String]?

    init(_ cell: Cell, block: Int64) {
        let arm = cell.arm
        (id, self.block, role, kind) = (cell.id, block, arm.role, arm.kind)
        (design, peer, rate) = (arm.design?.rawValue, arm.peer?.rawValue, arm.rate)
        (schedule, clock) = (arm.schedule, arm.clock)
        functions = arm.functions.isEmpty ? nil : arm.functions
    }

    /// A design or a peer that this build has not keeps its name.
    var arm: Arm {
        var arm = Arm(role)
        (arm.design, arm.peer) = (design.flatMap(Design.init), peer.flatMap(PeerName.init))
        if arm.design == nil, arm.peer == nil { arm.other = design ?? peer }
        (arm.rate, arm.schedule, arm.clock, arm.functions) = (rate, schedule, clock, functions ?? [])
        return arm
    }
}

/// One pass through `due` cells of a block.
struct RoundRecord: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "round"
    var number: Int64?
    var key: String
    var block: Int64
    var session: Int64
    var due: Int
    var load: Double?
    var steal: Double?
    var megahertz: Double?

    mutating func didInsert(_ inserted: InsertionSuccess) { number = inserted.rowID }
}

/// One run of a cell.
struct MeasurementRecord: Codable, MutablePersistableRecord {
    static let databaseTableName = "measurement"
    var number: Int64?
    var round: Int64
    var cell: Int64
    var session: Int64
    /// In its round.
    var position: Int
    var began: Double
    var wall: Double
    var cpu: Double
    var status: Int
    var why: String?
    var output: String?
    var hashSeed: String?
    var padding: Int?
    var seed: String?
    var pythonCalls: Int64?
    var cCalls: Int64?
    var due: Int?
    var taken: Int?
    var late: Int?
    var missed: Int?
    var failed: Int?

    init(_ measurement: Measurement, cell: Int64, in round: OpenRound, session: Int64) {
        let (process, ledger) = (measurement.process, measurement.ledger)
        (self.round, self.cell, self.session, position) = (round.number, cell, session, round.measured.count)
        (began, wall, cpu, status) = (measurement.began, process.seconds, process.cpuSeconds, process.status)
        (why, output) = (measurement.why, process.outputHash.map { String($0, radix: 16) })
        (hashSeed, padding, seed) = (measurement.hashSeed, measurement.padding, measurement.seed.map { String($0) })
        (pythonCalls, cCalls) = (measurement.calls?.python, measurement.calls?.c)
        (due, taken, late, missed, failed) = (ledger?.due, ledger?.taken, ledger?.late, ledger?.missed, ledger?.failed)
    }

    mutating func didInsert(_ inserted: InsertionSuccess) { number = inserted.rowID }
}

/// A place's share of one run.
struct ShareRecord: Codable, PersistableRecord {
    static let databaseTableName = "share"
    static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
    var measurement: Int64
    var basis: MeasuredShare.Basis
    var name: String
    /// Empty where it has none.
    var file: String
    var line: Int
    var share: Double

    init(_ share: MeasuredShare, of measurement: Int64) {
        (self.measurement, basis, name, file) = (measurement, share.basis, share.name, share.file ?? "")
        (line, self.share) = (share.line, share.share)
    }
}
