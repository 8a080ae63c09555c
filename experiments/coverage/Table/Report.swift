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

    /// - Throws: where the file holds nothing yet.
    init(_ store: Store, _ pieces: [any Piece]) throws {
        guard let extent = try store.extent(), let sessions = try store.sessions() else {
            throw CoverageError("the results file holds no measurement; make some with: make coverage")
        }
        form = extent.name
        seed = try store.seed().base
        (began, self.sessions) = sessions
        audit = try store.audit()
        stale = try store.changedPrograms()
        rows = try pieces.flatMap { try $0.rows(from: store) }
    }

    /// How many figures are missed.
    var missed: Int { count(.missed) }

    /// For the terminal.
    var lines: [String] {
        ["\(form) form, seed \(seed), measured from \(began) on in \(Words.count(sessions, "session"))"]
            + audit.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value.joined(separator: " | "))" }
            + stale.map { "stale: \($0) has changed since it was measured; begin anew with: make coverage COVERAGE=\"--full --anew\"" }
            + [""] + Table.lines(rows) + ["", [Verdict.met, .missed, .undecided].map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")]
    }

    private func count(_ verdict: Verdict) -> Int { rows.count { $0.verdict == verdict } }
}
