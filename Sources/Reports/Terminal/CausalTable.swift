import Analysis

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
        table.add("function", lines: rows.map { finding, _ in name(finding.qualname, at: finding.file, finding.line) })
        add(table.lines(width: width))
        sentence(Wording.causalNote, .faint, bullet: "  ")
    }
}
