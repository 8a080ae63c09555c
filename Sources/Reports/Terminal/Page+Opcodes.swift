import Analysis

extension Page {
    /// The instructions that a run's samples landed on.
    mutating func addOpcodes(of findings: RunFindings) {
        heading("Where the samples land, by instruction")
        let shown = findings.opcodes.prefix(options.rows)
        guard !shown.isEmpty else { return add("  \(findings.design) reports no instructions") }
        var table = TextTable()
        table.add("self", shares: shown.map { ShareText($0.`self`) })
        table.add("instruction", shown.map(\.opcode), .left)
        add(table.lines(width: width))
        addRest(findings.opcodes.count - shown.count, "instruction")
    }

    /// The same of several designs, side by side: a design that waits to be let look lands where it is let.
    mutating func addOpcodes(of designs: [DesignFinding]) {
        let telling = designs.filter { !$0.opcodes.isEmpty }
        guard !telling.isEmpty else { return }
        heading("Where the samples land, by instruction")
        let all = SideBySide.opcodes(telling)
        let shown = all.prefix(min(options.rows, 8))
        var table = TextTable()
        for (index, design) in telling.enumerated() {
            table.add(design.name, shares: shown.map { ShareText($0.estimates[index]) })
        }
        table.add("instruction", shown.map(\.name), .left)
        add(table.lines(width: width))
        addRest(all.count - shown.count, "instruction")
    }
}
