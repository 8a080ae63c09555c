import Analysis
import Foundation
import GRDB
import Measuring
import ProfileModel
import Running

/// All that one run gave.
struct Measurement: Sendable {
    var began = Date.now.timeIntervalSince1970
    var process: ProcessOutcome
    /// Why it did not end well; `nil` where it did.
    var why: String?
    var hashSeed: String?
    var padding: Int?
    var seed: UInt64?
    /// What a tracer counted.
    var calls: (python: Int64, c: Int64)?
    var ledger: Ledger?
    var shares: [MeasuredShare] = []
}

/// A round that is under way.
struct OpenRound: Sendable {
    var number: Int64
    /// How many cells it is to have a run of.
    var due: Int
    /// Numbers of the cells that it has already.
    var measured: Set<Int64>
}

extension Store {
    /// The last round of a block, where that was interrupted.
    func openRound(_ block: Int64) throws(RunningError) -> OpenRound? {
        let last = try read { db -> OpenRound? in
            guard
                let round = try RoundRecord.filter(Column("block") == block).order(Column("number").desc).fetchOne(db),
                let number = round.number
            else { return nil }
            let cells = try Int64.fetchSet(db, sql: "SELECT cell FROM measurement WHERE round = ?", arguments: [number])
            return OpenRound(number: number, due: round.due, measured: cells)
        }
        return last.flatMap { $0.measured.count < $0.due ? $0 : nil }
    }

    func beginRound(_ block: Int64, due: Int, session: Int64, _ moment: MachineMoment) throws(RunningError) -> OpenRound
    {
        let record = RoundRecord(
            key: UUID().uuidString, block: block, session: session, due: due, load: moment.load, steal: moment.steal,
            megahertz: moment.megahertz)
        let number = try write { try record.inserted($0).number }
        return OpenRound(number: number ?? 0, due: due, measured: [])
    }

    /// Stores a run with all that belongs to it, at once.
    func add(_ measurement: Measurement, cell: Int64, to round: OpenRound, session: Int64) throws(RunningError) {
        try write { db in
            let number = try MeasurementRecord(measurement, cell: cell, in: round, session: session).inserted(db).number
            for share in measurement.shares { try ShareRecord(share, of: number ?? 0).insert(db) }
        }
    }
}
