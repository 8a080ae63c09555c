import Analysis
import ProfileModel

extension Page {
    /// Columns that a name or a line of code needs to be of use; where they are not there, the designs
    /// are split into blocks.
    private static let leastName = 13, leastCode = 24

    mutating func addFunctionsSideBySide(_ designs: [DesignFinding]) {
        let columns = ShareColumn.columns(of: designs).map(\.design)
        let all = SideBySide.functions(columns)
        let rows = Array(all.prefix(options.rows))
        heading("Self share by function")
        guard !rows.isEmpty else { return add("  none were seen") }
        let names = rows.map { label($0.name, at: $0.file, $0.line) }
        for (number, block) in blocks(columns.map(\.name), rows, beside: Self.leastName).enumerated() {
            if number > 0 { add(StyledLine()) }
            var table = TextTable()
            for column in block {
                table.add(columns[column].name, shares: rows.map { ShareText($0.estimates[column]) })
            }
            table.add("function", labels: names, width: width)
            add(table.lines(width: width))
        }
        addRest(all.count - rows.count, "function")
        let silent = designs.filter { !$0.tellsSelfShares }.map(\.name).joined(separator: ", ")
        if !silent.isEmpty { sentence("no self shares from: \(silent)", .faint, bullet: "  ") }
        if let note = Wording.functionsInC(designs.filter(\.tellsSelfShares)) { sentence(note, .faint, bullet: "  ") }
    }

    mutating func addLinesSideBySide(_ designs: [DesignFinding], source: any SourceText) {
        let telling = designs.filter { $0.lines.contains { $0.`self`.share != nil } }
        let all = SideBySide.lines(telling)
        let rows = Array(all.prefix(options.rows))
        guard !rows.isEmpty else { return }
        heading("Self share by line")
        for (number, block) in blocks(telling.map(\.name), rows, beside: Self.leastCode).enumerated() {
            if number > 0 { add(StyledLine()) }
            let part = rows.map { row in
                SideBySideRow(
                    file: row.file, line: row.line, name: row.name, estimates: block.map { row.estimates[$0] })
            }
            addCode(part, titles: block.map { telling[$0].name }, source: source)
        }
        addRest(all.count - rows.count, "line")
        let silent = designs.filter { design in !telling.contains { $0.name == design.name } }.map(\.name).joined(
            separator: ", ")
        if !silent.isEmpty { sentence("no lines from: \(silent)", .faint, bullet: "  ") }
    }

    /// The designs that fit beside a label on one line, block after block.
    private func blocks(_ titles: [String], _ rows: [SideBySideRow], beside label: Int) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var start = 0
        var room = width - label
        for (index, title) in titles.enumerated() {
            var column = TextTable()
            column.add(title, shares: rows.map { ShareText($0.estimates[index]) })
            let needed = TextTable.width(of: column.columns[0]) + TextTable.gap
            if needed > room, index > start {
                blocks.append(start..<index)
                start = index
                room = width - label
            }
            room -= needed
        }
        return blocks + [start..<titles.count]
    }
}

extension Page {
    mutating func addHeader(of findings: CompareFindings) {
        add(StyledLine([Span("swprof compare", .strong), Span("  " + findings.program.joined(separator: " "))]))
        sentence("\(Wording.runs(findings.runs)) · \(findings.clock.rawValue) clock · Python \(findings.python)")
        if let control = findings.control {
            sentence("control \(Figures.seconds(control.seconds)) · \(Wording.selfTest(control.selfTest))")
        }
        if let until = findings.until { sentence(until.text) }
    }

    /// What each design is, and what it cost.
    mutating func addDesigns(_ designs: [DesignFinding]) {
        heading("Designs")
        var table = TextTable()
        table.add("design", lines: designs.map { StyledLine($0.name, .strong) })
        table.add("slowdown", designs.map { $0.slowdown.map(Figures.ratio) ?? Figures.missing }, .left)
        table.add("how", designs.map(Wording.how), .left)
        add(table.lines(width: width))
        for design in designs {
            let parts = [design.ledger.map(Wording.ledger), design.unaccounted.map { Wording.unaccounted($0) }]
                .compactMap(
                    \.self)
            if !parts.isEmpty { sentence("\(design.name): \(parts.joined(separator: " · "))", .faint, bullet: "  ") }
        }
    }
}

extension Page {
    /// Whether designs follow when functions are slowed.
    mutating func addCausal(_ findings: [CausalFinding]?) {
        guard let findings, !findings.isEmpty else { return }
        heading(Wording.causalHeading)
        let rows = findings.flatMap { finding in finding.designs.map { (finding, $0) } }
        var table = TextTable()
        table.add("design", rows.map { $1.name }, .left)
        table.add("slope", rows.map { Wording.slope($1) }, .left)
        table.add("intercept, ms", rows.map { Wording.intercept($1) }, .left)
        table.add("", rows.map { $1.verdict.rawValue }, .left)
        table.add(
            "function", labels: rows.map { finding, _ in label(finding.qualname, at: finding.file, finding.line) },
            width: width)
        add(table.lines(width: width))
        sentence(Wording.causalNote, .faint, bullet: "  ")
    }
}
