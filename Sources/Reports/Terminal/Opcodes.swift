import Analysis

extension Page {
    /// The instructions that a run's samples landed on.
    mutating func addOpcodes(of findings: RunFindings) {
        heading("Where the samples land, by instruction")
        let shown = findings.opcodes.prefix(options.top)
        guard !shown.isEmpty else { return add("  \(findings.design) tells no instructions") }
        var table = TextTable()
        table.add("self", shares: shown.map { ShareText($0.`self`) })
        table.add("instruction", shown.map(\.opcode), .left)
        add(table.lines(width: width))
        addRest(findings.opcodes.count - shown.count, "instructions")
    }

    /// The same of several designs, side by side: a design that waits to be let look lands where it is let.
    mutating func addOpcodes(of designs: [DesignFinding]) {
        let telling = designs.filter { !$0.opcodes.isEmpty }
        guard !telling.isEmpty else { return }
        heading("Where the samples land, by instruction")
        let shares = telling.map { Dictionary($0.opcodes.map { ($0.opcode, $0.`self`) }, uniquingKeysWith: { first, _ in first }) }
        let names = Set(shares.flatMap(\.keys)).map { name in (name, shares.compactMap { $0[name]?.share }.max() ?? 0) }
            .sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }.map(\.0)
        let shown = names.prefix(min(options.top, 8))
        var table = TextTable()
        for (design, ofDesign) in zip(telling, shares) { table.add(design.name, shares: shown.map { ShareText(ofDesign[$0]) }) }
        table.add("instruction", Array(shown), .left)
        add(table.lines(width: width))
        addRest(names.count - shown.count, "instructions")
    }
}
