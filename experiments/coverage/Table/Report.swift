import Measuring
import Running

/// What the results file says: where it was measured, what of it is stale, and the table.
struct Report: Sendable, Encodable {
    /// The form that was measured.
    let form: String
    let seed: UInt64
    let began: String
    let sessions: Int
    let audit: [String: [String]]
    /// The programs that have changed since they were measured.
    let stale: [String]
    let rows: [Row]
    /// Coverage over recorded timelines, by schedule, N and function.
    let drawn: [Drawn]

    /// - Throws: where the file holds nothing yet.
    init(_ store: Store, _ pieces: [any Piece]) throws {
        guard let extent = try store.extent(), let sessions = try store.sessions() else {
            throw RunningError.failed("the results file holds no measurement; make some with: make coverage")
        }
        form = extent.name
        seed = try store.seed().base
        (began, self.sessions) = sessions
        audit = try store.audit()
        stale = try store.changedPrograms()
        rows = try pieces.flatMap { try $0.rows(from: store) }
        drawn = try store.allDrawn().flatMap { _, drawn, functions in functions.map { Drawn(drawn, $0) } }
    }

    /// Of one function in the draws from one timeline.
    struct Drawn: Sendable, Encodable {
        let schedule: String
        let n: Int
        /// How long its phases last on average, in sampling intervals.
        let phase: Double
        let covered, draws: Int
        let width, binomialWidth: Double

        init(_ drawn: DrawnRecord, _ function: DrawnFunctionRecord) {
            (schedule, n, draws) = (drawn.schedule, drawn.n, drawn.draws)
            (phase, covered) = (function.phase, function.covered)
            (width, binomialWidth) = (function.width, function.binomialWidth)
        }
    }

    /// How many figures are missed.
    var missed: Int { count(.missed) }

    /// For the terminal.
    var lines: [String] {
        ["\(form) form, seed \(seed), measured from \(began) on in \(Words.count(sessions, "session"))"]
            + audit.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value.joined(separator: " | "))" }
            + stale.map {
                "stale: \($0) has changed since it was measured; begin anew with: make coverage COVERAGE=\"--full --anew\""
            }
            + [""] + ResultTable.lines(Row.header, rows.map(\.cells)) + [
                "", [Verdict.met, .missed, .undecided].map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", "),
            ]
    }

    private func count(_ verdict: Verdict) -> Int { rows.count { $0.verdict == verdict } }
}
