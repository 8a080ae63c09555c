import Analysis
import ProfileModel

extension Page {
    mutating func addFunctions(of findings: RunFindings) {
        let shown = sorted(findings.functions).prefix(options.rows)
        heading("Functions")
        guard !shown.isEmpty else { return add("  none were seen") }
        var table = TextTable()
        addEstimates(to: &table, own: shown.map(\.`self`), total: shown.map(\.total))
        if shown.contains(where: { $0.`self`.compensated != nil }) {
            table.add("compensated", shares: shown.map { CompensatedText.time($0.`self`.compensated) })
        }
        if shown.contains(where: { $0.calls != nil }) {
            table.add("calls", shown.map { $0.calls.map(Figures.count) ?? Figures.missing })
        }
        addNames(of: shown, to: &table)
        add(table.lines(width: width))
        addRest(findings.functions.count - shown.count, "function")
        if shown.contains(where: { $0.kinds != nil }) {
            sentence("% of self: " + Wording.kindsLegend, .faint, bullet: "  ")
        }
        if let callees = Wording.callees(findings) { sentence(callees, .faint, bullet: "  ") }
    }

    /// The names, and what each function's self time was: in a column where that leaves room for names, else behind them.
    private func addNames(of functions: some Collection<FunctionFinding>, to table: inout TextTable) {
        let kinds = functions.map { Wording.kinds($0) }
        var labels = functions.map { label($0.qualname, at: $0.file, $0.line) }
        if kinds.contains(where: { !$0.isEmpty }) {
            var wide = table
            wide.add("% of self", kinds, .left)
            if wide.room(width: width) >= Self.roomForNames {
                table = wide
            } else {
                for (at, function) in functions.enumerated() { labels[at].note = Wording.kindsInShort(function) }
            }
        }
        table.add("function", labels: labels, width: width)
    }

    private static var roomForNames: Int { 30 }

    mutating func addLines(of findings: RunFindings, source: any SourceText) {
        let shown = sorted(findings.lines).prefix(options.rows)
        heading("Lines")
        guard !shown.isEmpty else { return add("  \(findings.design) reports no lines") }
        var table = TextTable()
        addEstimates(to: &table, own: shown.map(\.`self`), total: shown.map(\.total))
        if shown.contains(where: { $0.`self`.compensated != nil }) {
            table.add("compensated", shares: shown.map { CompensatedText.time($0.`self`.compensated) })
        }
        if shown.contains(where: { $0.hits ?? 0 > 0 }) {
            table.add("hits", shown.map { $0.hits.map(Figures.count) ?? Figures.missing })
        }
        addCode(of: Array(shown), to: &table, source)
        add(table.lines(width: width))
        addRest(findings.lines.count - shown.count, "line")
    }

    /// Where each line stands and what is on it: beside each other, or where there is no room, beneath.
    private func addCode(of lines: [LineFinding], to table: inout TextTable, _ source: any SourceText) {
        let places = lines.map { options.paths.place($0.file, $0.line) }
        let codes = lines.map { code(source.line($0.line, of: $0.file)) }
        let widest = places.map(\.columns).max() ?? 0
        guard table.room(width: width) < widest + TextTable.gap + Self.roomForCode else {
            table.add("line", places, .left)
            return table.add("source", lines: codes)
        }
        let room = table.roomForLabels(width: width) - TextTable.gap
        let labels = zip(places, codes).map { place, code in
            PlaceLabel(name: place, ink: .plain, place: "", note: code.clipped(to: room).spans.map(\.text).joined())
        }
        table.add("line", labels: labels, width: width)
    }

    private static var roomForCode: Int { 16 }

    mutating func addThreads(of findings: RunFindings) {
        let shown = findings.threads.prefix(options.rows)
        heading("Threads")
        var table = TextTable()
        table.add("share", shown.map { ShareText(Estimate(share: $0.share)).share })
        addTimes("time", shown.map(\.seconds), to: &table)
        table.add("number", shown.map { String($0.id) })
        table.add("thread", shown.map(\.name), .left)
        add(table.lines(width: width))
        addRest(findings.threads.count - shown.count, "thread")
    }

    mutating func addProcesses(of findings: RunFindings) {
        heading("Processes")
        guard let processes = findings.processes else {
            return add("  children were not followed; swprof run --children follows them")
        }
        let shown = processes.stable { $0.share ?? 0 }.prefix(options.rows)
        var table = TextTable()
        table.add("share", shown.map { ShareText(Estimate(share: $0.share)).share })
        table.add("time", shown.map { Figures.seconds($0.seconds) })
        table.add("CPU", shown.map { Figures.seconds($0.cpuSeconds) })
        if shown.contains(where: { $0.ledger != nil }) {
            table.add("ticks", shown.map { $0.ledger.map { Figures.count($0.taken) } ?? Figures.missing })
        }
        table.add("number", shown.map { String($0.id) })
        table.add("parent", shown.map { $0.parent.map(String.init) ?? "" })
        table.add("process", shown.map(\.name), .left)
        add(table.lines(width: width))
        addRest(processes.count - shown.count, "process", plural: "processes")
    }

    /// A function's name and, fainter, where it begins.
    func label(_ name: String, at file: String?, _ line: Int) -> PlaceLabel {
        PlaceLabel(name: name, place: options.paths.place(file, line))
    }

    private func sorted(_ functions: [FunctionFinding]) -> [FunctionFinding] {
        guard options.sort == .total else { return functions }
        return functions.stable { $0.total.share ?? 0 }
    }

    private func sorted(_ lines: [LineFinding]) -> [LineFinding] {
        guard options.sort == .total else { return lines }
        return lines.stable { $0.total.share ?? 0 }
    }

    /// How sure the order is, and what was never seen.
    mutating func addCertainty(of findings: RunFindings) {
        for line in [Wording.hottest(findings.ranks, findings.functions), Wording.unseen(findings.unseen)] {
            if let line { sentence(line, .faint, bullet: "  ") }
        }
    }

    /// - Parameter thing: what is left out, in the singular.
    mutating func addRest(_ count: Int, _ thing: String, plural: String? = nil, hint: String = "") {
        let things = count == 1 ? thing : plural ?? thing + "s"
        if count > 0 { add("  and \(Figures.count(count)) more \(things)\(hint)", .faint) }
    }

    private func addEstimates(to table: inout TextTable, own: [Estimate], total: [Estimate]) {
        table.add("self", shares: own.map { ShareText($0) })
        table.add("total", shares: total.map { ShareText($0) })
        addTimes("self time", own.map(\.seconds), to: &table)
    }

    /// Of a file that tells shares alone, no column.
    func addTimes(_ title: String, _ times: [Double?], to table: inout TextTable) {
        guard times.contains(where: { $0 != nil }) else { return }
        table.add(title, times.map { $0.map(Figures.seconds) ?? Figures.missing })
    }

    private func code(_ text: String?) -> StyledLine {
        StyledLine(text.map { CodeText.trimmed($0) } ?? "")
    }
}

extension Page {
    /// The program, and how it was looked at.
    mutating func addTitle(of findings: RunFindings) {
        let command = Wording.command(findings)
        add(StyledLine([Span(command, .strong), Span("  " + findings.program.joined(separator: " "))]))
        let design = Wording.design(
            name: findings.design, version: nil, kind: findings.kind, schedule: findings.schedule,
            rate: findings.rate, clock: findings.clock)
        var parts = [design] + Wording.run(findings)
        if let exit = findings.exit, exit != 0 { parts.append("exit status \(exit)") }
        sentence(parts.joined(separator: " · "))
        if let time = Wording.time(findings) { sentence(time) }
    }

    mutating func addHeader(of findings: RunFindings) {
        addTitle(of: findings)
        if let ledger = findings.ledger { sentence(Wording.ledger(ledger)) }
        if let unaccounted = findings.unaccounted {
            sentence(Wording.unaccounted(unaccounted, followed: findings.processes?.count ?? 1))
        }
        if let within = findings.within { sentence("shares are of the time within \(within)") }
    }
}

extension Array {
    /// The greatest first, equals as they stand.
    fileprivate func stable(by weight: (Element) -> Double) -> [Element] {
        enumerated().sorted { (weight($1.element), $0.offset) < (weight($0.element), $1.offset) }.map(\.element)
    }
}
