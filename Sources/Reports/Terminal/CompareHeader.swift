import Analysis

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
            let parts = [design.ledger.map(Wording.ledger), design.unaccounted.map(Wording.unaccounted)].compactMap(\.self)
            if !parts.isEmpty { sentence("\(design.name): \(parts.joined(separator: " · "))", .faint, bullet: "  ") }
        }
    }
}
