import Analysis

extension TerminalReport {
    /// Whether a change made a program slower.
    public static func gate(_ findings: GateFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        page.sentence(Wording.verdict(findings), findings.verdict == .fail ? .hot : .strong)
        for version in Wording.versions(findings) { page.sentence(version, .faint) }
        page.addWhole(of: findings)
        page.addFunctions(of: findings)
        page.addCaveats(findings.caveats.map { ([], $0) })
        page.add(StyledLine())
        page.sentence(Wording.limits(findings) + ".", .faint, bullet: "[ ] ")
        return page.rendered()
    }
}

extension Page {
    fileprivate mutating func addWhole(of findings: GateFindings) {
        heading("The whole program")
        if let slowdown = findings.slowdown {
            let times = "\(Figures.seconds(slowdown.before)) before, \(Figures.seconds(slowdown.after)) after"
            sentence("\(times): \(Wording.slowdown(slowdown)), \(slowdown.verdict.rawValue)", bullet: "  ")
        }
        if let test = findings.selfTest { sentence(Wording.selfTest(test), .faint, bullet: "  ") }
        sentence(Wording.spent(findings), .faint, bullet: "  ")
    }

    fileprivate mutating func addFunctions(of findings: GateFindings) {
        let notable = findings.notable
        heading("Functions, by the change of their own time")
        guard !notable.isEmpty else {
            return add("  none changed; \(Figures.count(findings.functions.count)) had enough time to be judged")
        }
        let rows = Array(notable.prefix(options.rows))
        var table = TextTable()
        table.add("change", shares: rows.map { Wording.change($0.gateChange) })
        table.add("before", rows.map { Figures.seconds($0.failsBy == .total ? $0.total.before : $0.before) })
        table.add("after", rows.map { Figures.seconds($0.failsBy == .total ? $0.total.after : $0.after) })
        table.add("", rows.map { $0.verdict.rawValue }, .left)
        table.add("", rows.map(Wording.why), .left)
        table.add("function", labels: rows.map { label($0.qualname, at: $0.file, $0.line ?? 0) }, width: width)
        add(table.lines(width: width))
        addRest(notable.count - rows.count, "function")
    }
}
