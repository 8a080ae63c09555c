import Analysis
import ProfileModel

extension Page {
    /// What the run's figures say of the program, in one to three sentences.
    mutating func addSummary(of findings: RunFindings, _ tree: FoldedTree) {
        add(StyledLine())
        for sentence in Wording.summary(findings, tree, options.paths) { self.sentence(sentence) }
    }

    /// The call tree, cut by weight.
    mutating func addTree(_ tree: FoldedTree, rows most: Int) {
        add(StyledLine())
        sentence("Call tree by total time; what is not your own code is in the line that calls it", .strong)
        if let standIn = tree.standIn { sentence(Wording.standIn(standIn), .faint, bullet: "  ") }
        let shown = TreeSelection(tree.rows, most: most)
        guard !shown.rows.isEmpty else { return add("  nothing was seen") }
        var table = TextTable()
        table.add("total", shares: shown.rows.map { ShareText($0.finding.total) })
        addTimes("time", shown.rows.map(\.finding.total.seconds), to: &table)
        table.add("", labels: labels(of: shown.rows), width: width)
        add(table.lines(width: width))
        addRest(shown.rest, "row", hint: " (--top 100 shows them)")
    }

    /// Own lines by function, in the order of the file, so that they read as code.
    mutating func addOwnLines(of tree: FoldedTree, rows most: Int, source: any SourceText) {
        let rows = tree.lines.prefix(most).map {
            SideBySideRow(file: $0.file, line: $0.line, name: $0.function, estimates: [$0.time])
        }
        guard !rows.isEmpty else { return }
        heading("Hot lines, each with the library code that it calls")
        addCode(rows, titles: [""], isTitled: false, source: source)
    }

    private func labels(of rows: [TreeSelection.Row]) -> [PlaceLabel] {
        // The file of the own function that each row stands beneath.
        var files: [String?] = []
        return rows.map { row in
            files.removeLast(max(0, files.count - row.depth))
            let label = label(of: row, beneath: files.last ?? nil)
            files.append(row.finding.kind == .function ? row.finding.file : files.last ?? nil)
            return label
        }
    }

    private func label(of row: TreeSelection.Row, beneath file: String?) -> PlaceLabel {
        let finding = row.finding
        let place = options.paths.place(finding.file, finding.line)
        let line = finding.file == file ? "line \(finding.line)" : place
        var label = PlaceLabel(name: finding.name, place: "")
        label.lead = String(repeating: "  ", count: min(row.depth, width / 8))
        if row.passed > 0 { label.lead += "… " }
        switch finding.kind {
        case .function:
            label.place = place
        case .call:
            (label.lead, label.ink) = (label.lead + (finding.line > 0 ? "\(line) → " : "→ "), .plain)
            label.place = (finding.package ?? "C") + (row.isWaiting ? ", waiting" : "")
        case .waiting where finding.line > 0:
            (label.name, label.ink) = ("waiting, \(line)", .plain)
        case .imports, .waiting:
            label.ink = .plain
        case .elsewhere:
            (label.name, label.ink) = ("\(finding.package ?? "C code"), called by no own code", .plain)
        }
        return label
    }
}
