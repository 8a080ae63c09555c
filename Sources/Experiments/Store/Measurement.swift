import Analysis
import Foundation
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
    func openRound(_ block: Int64) throws(ExperimentError) -> OpenRound? {
        var last: OpenRound?
        try database.each(
            """
            SELECT round.number, round.due, measurement.cell FROM round LEFT JOIN measurement ON measurement.round = round.number
            WHERE round.number = (SELECT max(number) FROM round WHERE block = ?)
            """, [.whole(block)]
        ) { row in
            var round = last ?? OpenRound(number: row.whole(0), due: Int(row.whole(1)), measured: [])
            if !row.isNull(2) { round.measured.insert(row.whole(2)) }
            last = round
        }
        return last.flatMap { $0.measured.count < $0.due ? $0 : nil }
    }

    func beginRound(_ block: Int64, due: Int, session: Int64, _ moment: MachineMoment) throws(ExperimentError) -> OpenRound {
        let number = try database.transaction { db in
            try db.run(
                "INSERT INTO round (key, block, session, due, load, steal, megahertz) VALUES (?, ?, ?, ?, ?, ?, ?)", .text(UUID().uuidString),
                .whole(block), .whole(session), .init(due), .init(moment.load), .init(moment.steal), .init(moment.megahertz))
        }
        return OpenRound(number: number, due: due, measured: [])
    }

    /// Stores a run with all that belongs to it, at once.
    func add(_ measurement: Measurement, cell: Int64, to round: OpenRound, session: Int64) throws(ExperimentError) {
        try database.transaction { db in
            let (process, ledger) = (measurement.process, measurement.ledger)
            let number = try db.run(
                """
                INSERT INTO measurement (round, cell, session, position, began, wall, cpu, status, why, output, hashSeed, padding, seed,
                    pythonCalls, cCalls, due, taken, late, missed, failed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .whole(round.number), .whole(cell), .whole(session), .init(round.measured.count), .number(measurement.began),
                .number(process.seconds), .number(process.cpuSeconds), .init(process.status), .init(measurement.why),
                .init(process.outputHash.map { String($0, radix: 16) }), .init(measurement.hashSeed), .init(measurement.padding),
                .init(measurement.seed.map { String($0) }), .init(measurement.calls?.python), .init(measurement.calls?.c), .init(ledger?.due),
                .init(ledger?.taken), .init(ledger?.late), .init(ledger?.missed), .init(ledger?.failed))
            for share in measurement.shares {
                try db.run(
                    "INSERT OR IGNORE INTO share VALUES (?, ?, ?, ?, ?, ?)", .whole(number), .text(share.basis.rawValue), .text(share.name),
                    .text(share.file ?? ""), .init(share.line), .number(share.share))
            }
        }
    }
}

extension Database.Value {
    fileprivate init(_ whole: (some BinaryInteger)?) { self = whole.map { .whole(Int64(clamping: $0)) } ?? .null }
}
