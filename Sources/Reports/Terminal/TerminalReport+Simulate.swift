import Analysis

extension TerminalReport {
    /// What a sampler would have said of a recorded run.
    public static func simulate(_ findings: SimulateFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        let program = findings.timeline.program.isEmpty ? "" : "  " + findings.timeline.program.joined(separator: " ")
        page.add(StyledLine([Span("swprof simulate", .strong), Span(program)]))
        page.sentence(SimulateWording.timeline(findings.timeline), .faint)
        page.sentence(SimulateWording.sampler(findings), .faint)
        page.addSimulated(
            "Functions, by self time" + (findings.within.map { " within \($0)" } ?? ""),
            findings.functions.map { ($0.qualname, page.options.paths.place($0.file, $0.line), $0.share) })
        page.addSimulated(
            "Lines, by self time",
            findings.lines.map { ("line \($0.line)", page.options.paths.place($0.file, $0.line), $0.share) })
        page.add(StyledLine())
        for sentence in SimulateWording.sentences(findings) { page.sentence(sentence) }
        page.addRates(findings.curve)
        page.addCaveats(findings.caveats.map { ([], $0) })
        page.add(StyledLine())
        page.sentence(SimulateWording.note, .faint, bullet: "[ ] ")
        return page.rendered()
    }
}

extension Page {
    fileprivate mutating func addSimulated(
        _ title: String, _ rows: [(name: String, place: String, share: SimulatedShare)]
    ) {
        guard !rows.isEmpty else { return }
        heading(title)
        let shown = rows.prefix(options.rows)
        var table = TextTable()
        table.add("truth", shown.map { SimulateWording.percent($0.share.truth) })
        table.add("mean", shown.map { SimulateWording.percent($0.share.mean) })
        table.add("bias, points", shares: shown.map { SimulateWording.bias($0.share.bias) })
        table.add("covered", shares: shown.map { SimulateWording.coverage($0.share.coverage) })
        table.add("width", shown.map { SimulateWording.points($0.share.width) })
        table.add("error", shown.map { SimulateWording.points($0.share.error) })
        table.add("", labels: shown.map { PlaceLabel(name: $0.name, place: $0.place) }, width: width)
        add(table.lines(width: width))
        if rows.count > shown.count { add("  and \(Figures.count(rows.count - shown.count)) more", .faint) }
    }

    fileprivate mutating func addRates(_ curve: [SimulatedRate]) {
        guard !curve.isEmpty else { return }
        heading("By rate, of the hottest functions")
        var table = TextTable()
        table.add("Hz", curve.map { SimulateWording.rate($0.rate) })
        table.add("width", curve.map { SimulateWording.points($0.width) })
        table.add("covered", shares: curve.map { SimulateWording.coverage($0.coverage) })
        table.add("error", curve.map { SimulateWording.points($0.error) })
        table.add("total variation", curve.map { SimulateWording.points($0.totalVariation) })
        add(table.lines(width: width))
    }
}
