import Analysis
import Foundation
import ProfileModel

extension Store {
    /// What the machine and its interpreters were: name → every value, in the order of sessions.
    func audit() throws(ExperimentError) -> [String: [String]] {
        var audit: [String: [String]] = [:]
        try database.each("SELECT name, value FROM audit ORDER BY session") { row in
            if audit[row.text(0)]?.contains(row.text(1)) != true { audit[row.text(0), default: []].append(row.text(1)) }
        }
        try database.each("SELECT DISTINCT build FROM session") { row in audit["swprof", default: []].append(row.text(0)) }
        return audit
    }

    /// What changed while the experiment ran.
    func drift(_ audit: [String: [String]]) throws(ExperimentError) -> [Caveat] {
        let passing: Set = ["load before", "stolen since start", "frequency"]
        var drift = audit.filter { $0.value.count > 1 && !passing.contains($0.key) }.sorted { $0.key < $1.key }.map { name, values in
            Caveat(code: "machine-changed", text: "Between starts of the experiment, `\(name)` changed: \(Self.listed(values)).")
        }
        let processors = audit["processors"]?.compactMap(Double.init).min() ?? 1
        let rounds = try database.all(
            "SELECT max(load), max(steal), min(megahertz), max(megahertz), count(*), sum(load > ?), sum(steal > 0.01) FROM round", [.number(processors)]
        ) { row in (0..<7).map { row.number($0) } }.first ?? []
        guard rounds.count == 7 else { return drift }
        if rounds[5] > 0 {
            drift.append(Caveat(code: "machine-busy", text: "\(Int(rounds[5])) of \(Int(rounds[4])) rounds began with a load above the number of processors (at most \(Self.short(rounds[0])))."))
        }
        if rounds[6] > 0 {
            drift.append(Caveat(code: "time-stolen", text: "In \(Int(rounds[6])) of \(Int(rounds[4])) rounds more than 1 % of the processors' time went to other machines (at most \(Self.short(rounds[1] * 100)) %)."))
        }
        if rounds[2] > 0, rounds[3] > 1.05 * rounds[2] {
            drift.append(Caveat(code: "frequency-varied", text: "The processor's frequency was \(Int(rounds[2])) to \(Int(rounds[3])) MHz."))
        }
        return drift + (try interrupted())
    }

    /// Rounds that were ended by a later session than they were begun by: their runs are days apart, maybe.
    private func interrupted() throws(ExperimentError) -> [Caveat] {
        let sql = """
            SELECT count(DISTINCT round.number) FROM round JOIN measurement ON measurement.round = round.number WHERE measurement.session <> round.session
            """
        let count = try database.all(sql) { $0.whole(0) }.first ?? 0
        guard count > 0 else { return [] }
        return [Caveat(code: "rounds-interrupted", text: "\(count) \(count == 1 ? "round was" : "rounds were") interrupted and ended by a later start: its runs are further apart than others'.")]
    }

    /// What the experiment took between one run and the next, as a part of the time in programs.
    func runnersCost() throws(ExperimentError) -> Double? {
        var (between, inPrograms, count) = (0.0, 0.0, 0)
        var last: (session: Int64, ended: Double)?
        try database.each("SELECT session, began, wall, why FROM measurement ORDER BY number") { row in
            // How long a program took that was not ended is not known.
            guard row.isNull(3) else {
                last = nil
                return
            }
            let (session, began, wall) = (row.whole(0), row.number(1), row.number(2))
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
    func measurements() throws(ExperimentError) -> Int { try database.all("SELECT count(*) FROM measurement") { Int($0.whole(0)) }.first ?? 0 }

    func title() throws(ExperimentError) -> String { try database.all("SELECT title FROM session ORDER BY number DESC LIMIT 1") { $0.text(0) }.first ?? "" }

    private static func listed(_ values: [String]) -> String { values.prefix(4).map { String($0.prefix(60)) }.joined(separator: "; ") }

    private static func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
