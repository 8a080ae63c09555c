import Analysis
import ProfileModel

extension Page {
    /// The hottest lines by function, in the order of the file, so that they read as code.
    mutating func addHotLines(of findings: RunFindings, source: any SourceText) {
        let rows = findings.lines.prefix(options.rows).map {
            SideBySideRow(file: $0.file, line: $0.line, name: $0.function, estimates: [$0.`self`])
        }
        guard !rows.isEmpty else { return }
        heading("Hot lines")
        addCode(rows, titles: ["self"], source: source)
    }

    /// Groups of lines with a column of shares for each title.
    ///
    /// - Parameter isTitled: whether a line with the titles stands above them.
    mutating func addCode(
        _ rows: [SideBySideRow], titles: [String], isTitled: Bool = true, source: any SourceText
    ) {
        let groups = LineGroup.groups(of: rows)
        let ordered = groups.flatMap(\.rows)
        var table = TextTable()
        for (index, title) in titles.enumerated() {
            table.add(title, shares: ordered.map { ShareText($0.estimates[index]) })
        }
        table.add("", lines: groups.flatMap { code(of: $0, source) })
        var lines = table.lines(width: width)
        let header = lines.removeFirst()
        if isTitled { add(header) }
        for group in groups {
            let place = Span("  " + options.paths(group.file), .faint)
            add(StyledLine([Span("  "), Span(group.function, .strong), place]))
            add(Array(lines.prefix(group.rows.count)))
            lines.removeFirst(group.rows.count)
        }
    }

    private func code(of group: LineGroup, _ source: any SourceText) -> [StyledLine] {
        let texts = CodeText.outdented(group.rows.map { source.line($0.line, of: group.file) ?? "" })
        let digits = group.rows.map { String($0.line).columns }.max() ?? 0
        return zip(group.rows, texts).map { row, text in
            let number = StyledLine(String(row.line), .faint).padded(to: digits, .right)
            return StyledLine(number.spans + [Span(" │ ", .faint), Span(text)])
        }
    }
}
