import Analysis
import Foundation
import GRDB
import Measuring
import ProfileModel
import Running

extension Store {
    /// What the machine, its interpreters and swprof were, in the order of sessions.
    func auditWithBuilds() throws(RunningError) -> [String: [String]] {
        var audit = try audit()
        audit["swprof"] = try all("SELECT DISTINCT build FROM session") { $0[0] }
        return audit
    }

    /// What changed while the experiment ran.
    func drift(_ audit: [String: [String]]) throws(RunningError) -> [Caveat] {
        let passing: Set = ["load before", "stolen since start", "frequency"]
        var drift = audit.filter { $0.value.count > 1 && !passing.contains($0.key) }.sorted { $0.key < $1.key }.map {
            name, values in
            Caveat(
                code: "machine-changed",
                text: "Between starts of the experiment, `\(name)` changed: \(Self.listed(values)).")
        }
        let processors = audit["processors"]?.compactMap(Double.init).min() ?? 1
        let rounds =
            try all(
                "SELECT max(load), max(steal), min(megahertz), max(megahertz), count(*), sum(load > ?), sum(steal > 0.01) FROM round",
                [processors]
            ) { row in (0..<7).map { row[$0] as Double? ?? 0 } }.first ?? []
        guard rounds.count == 7 else { return drift }
        if rounds[5] > 0 {
            drift.append(
                Caveat(
                    code: "machine-busy",
                    text:
                        "\(Int(rounds[5])) of \(Int(rounds[4])) rounds began with a load above the number of processors (at most \(Self.short(rounds[0])))."
                ))
        }
        if rounds[6] > 0 {
            drift.append(
                Caveat(
                    code: "time-stolen",
                    text:
                        "In \(Int(rounds[6])) of \(Int(rounds[4])) rounds more than 1 % of the processors' time went to other machines (at most \(Self.short(rounds[1] * 100)) %)."
                ))
        }
        if rounds[2] > 0, rounds[3] > 1.05 * rounds[2] {
            drift.append(
                Caveat(
                    code: "frequency-varied",
                    text: "The processor's frequency was \(Int(rounds[2])) to \(Int(rounds[3])) MHz."))
        }
        return drift + (try interrupted())
    }

    /// Rounds that were ended by a later session than they were begun by: their runs are days apart, maybe.
    private func interrupted() throws(RunningError) -> [Caveat] {
        let sql = """
            SELECT count(DISTINCT round.number) FROM round JOIN measurement ON measurement.round = round.number WHERE measurement.session <> round.session
            """
        let count = try all(sql) { $0[0] as Int }.first ?? 0
        guard count > 0 else { return [] }
        return [
            Caveat(
                code: "rounds-interrupted",
                text:
                    "\(count) \(count == 1 ? "round was" : "rounds were") interrupted and ended by a later start: its runs are further apart than others'."
            )
        ]
    }

    /// What the experiment took between one run and the next, as a part of the time in programs.
    func runnersCost() throws(RunningError) -> Double? {
        var (between, inPrograms, count) = (0.0, 0.0, 0)
        var last: (session: Int64, ended: Double)?
        try each("SELECT session, began, wall, why FROM measurement ORDER BY number") { row in
            // How long a program took that was not ended is not known.
            guard row.hasNull(atIndex: 3) else {
                last = nil
                return
            }
            let (session, began, wall): (Int64, Double, Double) = (row[0], row[1], row[2])
            if let last, last.session == session, began >= last.ended {
                between += began - last.ended
                inPrograms += wall
                count += 1
            }
            last = (session, began + wall)
        }
        return count >= 3 && inPrograms > 0 ? between / inPrograms : nil
    }

    /// How many runs are stored.
    func measurements() throws(RunningError) -> Int {
        try all("SELECT count(*) FROM measurement") { $0[0] as Int }.first ?? 0
    }

    /// The last start of the experiment.
    func lastSession() throws(RunningError) -> SessionRecord? {
        try read { try SessionRecord.order(Column("number").desc).fetchOne($0) }
    }

    private static func listed(_ values: [String]) -> String {
        values.prefix(4).map { String($0.prefix(60)) }.joined(separator: "; ")
    }

    private static func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
