/// What the results file says: where it was measured, the table, and how many figures are met.
struct Report: Sendable {
    let lines: [String]
    /// Figures that are missed.
    let missed: Int

    /// - Throws: where the file holds nothing yet.
    init(_ store: Store, _ pieces: [any Piece]) throws {
        guard let extent = try store.extent(), let sessions = try store.sessions() else {
            throw CoverageError("the results file holds no measurement; make some with: make coverage")
        }
        let rows = try pieces.flatMap { try $0.rows(from: store) }
        missed = rows.count { $0.verdict == .missed }
        let audit = try store.audit().map { "  \($0.name): \($0.values.joined(separator: " | "))" }
        lines = [
            "\(extent.name) form, seed \(try store.seed().base), measured from \(sessions.first) on in \(Words.count(sessions.count, "session"))",
        ] + audit + [""] + Table.lines(rows) + ["", Self.summary(rows)]
    }

    private static func summary(_ rows: [Row]) -> String {
        let counts = [Verdict.met, .missed, .undecided].map { verdict in "\(rows.count { $0.verdict == verdict }) \(verdict.rawValue)" }
        return counts.joined(separator: ", ")
    }
}
