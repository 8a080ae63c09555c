import Analysis
import ProfileModel

extension TerminalReport {
    /// What designs cost, in parts.
    public static func overhead(_ findings: OverheadFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        let program = findings.program.isEmpty ? "" : "  " + findings.program.joined(separator: " ")
        page.add(StyledLine([Span("swprof overhead", .strong), Span(program)]))
        page.sentence("Python \(findings.python) · each design on and off at random in one process")
        page.addCosts(findings.designs)
        page.addChecks(findings.designs)
        page.addCaveats(findings.designs.flatMap { design in design.caveats.map { ([design.name], $0) } })
        page.add(StyledLine())
        page.sentence(
            "95 % intervals. Times are of passes with the design on over those with it off. Beside: what swprof's own threads "
                + "use of a processor. Start and end: what swprof run adds to a script that does nothing.", .faint,
            bullet: "[ ] ")
        return page.rendered()
    }
}

extension Page {
    fileprivate mutating func addCosts(_ designs: [OverheadFinding]) {
        heading("While the program runs")
        var table = TextTable()
        table.add("design", lines: designs.map { StyledLine(Self.name(of: $0), .strong) })
        table.add("wall time", shares: designs.map { Self.text($0.running) })
        table.add("its thread's CPU time", shares: designs.map { Self.text($0.threadCPU) })
        table.add("pairs", designs.map { Figures.count($0.pairs) })
        add(table.lines(width: width))
        heading("Beside it, and at its ends")
        table = self.table(of: designs)
        table.add("process's CPU time", shares: designs.map { Self.text($0.cpu) })
        table.add("beside", shares: designs.map(Self.beside))
        table.add("start and end", shares: designs.map(Self.start))
        add(table.lines(width: width))
    }

    /// What is not 1 where the duet cannot be believed.
    fileprivate mutating func addChecks(_ designs: [OverheadFinding]) {
        heading("Self-test, which should be 1")
        var table = self.table(of: designs)
        table.add("on / on", shares: designs.map { Self.text($0.selfTest.on) })
        table.add("off / off", shares: designs.map { Self.text($0.selfTest.off) })
        add(table.lines(width: width))
        heading("Carry-over, which should be 1")
        table = self.table(of: designs)
        table.add("on, later / soon", shares: designs.map { Self.text($0.carryOver.on) })
        table.add("off, later / soon", shares: designs.map { Self.text($0.carryOver.off) })
        add(table.lines(width: width))
        heading("The same of the thread's CPU time")
        table = self.table(of: designs)
        table.add("on, later / soon", shares: designs.map { Self.text($0.carryOver.threadCPU.on) })
        table.add("off, later / soon", shares: designs.map { Self.text($0.carryOver.threadCPU.off) })
        add(table.lines(width: width))
        for design in designs { sentence(Self.leftOut(design), .faint, bullet: "  ") }
    }

    private func table(of designs: [OverheadFinding]) -> TextTable {
        var table = TextTable()
        table.add("design", lines: designs.map { StyledLine($0.name, .strong) })
        return table
    }

    private static func name(of design: OverheadFinding) -> String {
        guard let rate = design.rate else { return design.name }
        return "\(design.name), \(Int(exactly: rate).map(Figures.count) ?? Figures.fixed(rate, 1)) Hz"
    }

    private static func leftOut(_ design: OverheadFinding) -> String {
        let washout = design.carryOver.washout
        let times = [("on", washout.on), ("off", washout.off)].compactMap { state, ratio in
            ratio.map { "\(text($0).text) (\(state))" }
        }
        let length = "\(design.name): a pass takes \(Figures.seconds(design.pass.seconds)) with the design off"
        return times.isEmpty
            ? length
            : length + "; the one behind each switch is left out, which takes " + times.joined(separator: " and ")
                + " times as long as the others"
    }

    private static func text(_ ratio: Ratio?) -> ShareText {
        guard let ratio else { return .missing }
        let width = (ratio.high ?? .infinity) - (ratio.low ?? 0)
        let digits = width < 0.02 ? 4 : width < 0.2 ? 3 : 2
        return text(ratio.ratio, ratio.low, ratio.high) { Figures.fixed($0, digits) }
    }

    private static func beside(_ design: OverheadFinding) -> ShareText {
        guard let own = design.own else { return .missing }
        var text = text(own.cpuSecondsPerSecond, own.low, own.high) { Figures.fixed(100 * $0, 2) }
        text.share += " %"
        return text
    }

    private static func start(_ design: OverheadFinding) -> ShareText {
        guard let start = design.start else { return .missing }
        var text = text(start.seconds, start.low, start.high) { Figures.fixed(1000 * $0, 1) }
        text.share += " ms"
        return text
    }

    private static func text(_ value: Double, _ low: Double?, _ high: Double?, write: (Double) -> String) -> ShareText {
        var text = ShareText(share: write(value))
        text.bounds = "[no interval]"
        if let low, let high { text.bounds = "[\(write(low)), \(write(high))]" }
        return text
    }
}
