import Analysis

extension TerminalReport {
    /// A card for every tool.
    public static func judge(_ findings: JudgeFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        let form = findings.quick ? ", short form" : ""
        page.add(StyledLine([Span("swprof judge", .strong), Span("  \(findings.battery)\(form)")]))
        for card in findings.tools { page.addCard(card) }
        page.add(StyledLine())
        page.sentence(JudgeWords.note, .faint)
        return page.rendered()
    }
}

extension Page {
    fileprivate mutating func addCard(_ card: JudgeCard) {
        heading(JudgeWords.title(card))
        for (heading, rows) in JudgeWords.groups(card) {
            add("  " + heading, .faint)
            for row in rows { addRow(row) }
        }
    }

    private mutating func addRow(_ row: JudgeRow) {
        let verdict = row.verdict.rawValue
        let blanks = String(repeating: " ", count: Self.verdictColumns)
        let bullet = "  " + verdict + blanks.dropFirst(verdict.count)
        sentence(row.question, row.verdict == .missed ? .warning : .plain, bullet: bullet)
        sentence(row.text + " (asked: \(row.asked))", .faint, bullet: "  " + blanks)
    }

    private static let verdictColumns = 13
}
