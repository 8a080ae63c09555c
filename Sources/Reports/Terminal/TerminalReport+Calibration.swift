import Analysis
import ProfileModel

extension TerminalReport {
    /// What probes cost, as a table.
    public static func calibration(_ findings: CalibrationFindings, options: TerminalOptions) -> String {
        var page = Page(options)
        page.add(
            StyledLine([Span("swprof calibrate", .strong), Span("  " + options.paths.whole(findings.interpreter))]))
        let processes = findings.designs.map(\.processes).max() ?? 0
        page.sentence(
            "Python \(findings.python) · \(findings.clock.rawValue) clock · \(processes) processes plain, and as many under each design"
        )
        page.addCosts(findings.designs)
        page.addCaveats(findings.caveats.map { ([], $0) })
        page.add(StyledLine())
        page.sentence("95 % intervals, for another program whose calls have another shape.", .faint, bullet: "[ ] ")
        if let rate = findings.samplesPerSecond {
            page.sentence(
                "A sample's cost is CPU time of the sampled thread, at \(Figures.fixed(rate, 0)) samples a second.",
                .faint, bullet: "    ")
        }
        if let file = findings.file { page.sentence("kept in \(options.paths.whole(file))", .faint) }
        return page.rendered()
    }
}

extension Page {
    fileprivate mutating func addCosts(_ designs: [DesignCosts]) {
        heading("What a probe costs, in nanoseconds")
        let rows = designs.flatMap { design in design.events.map { (design.name, $0) } }
        var table = TextTable()
        table.add("design", lines: rows.map { StyledLine($0.0, .strong) })
        table.add("of a", rows.map(\.1.event), .left)
        table.add("in callee", shares: rows.map { $0.1.inside.map { Self.text($0) } ?? .missing })
        table.add("in caller", shares: rows.map { $0.1.outside.map { Self.text($0) } ?? .missing })
        table.add("together", shares: rows.map { Self.text($0.1.both) })
        add(table.lines(width: width))
        for design in designs {
            if let stretch = design.stretch.map({ Self.text($0, digits: 1) }) {
                sentence(
                    "\(design.name): Python code between calls takes \(stretch.share) \(stretch.bounds) times as long",
                    .faint, bullet: "  ")
            }
            if let checks = design.checks { sentence("\(design.name): \(Self.text(checks))", .faint, bullet: "  ") }
        }
    }

    private static func text(_ checks: CompensationChecks) -> String {
        func points(_ share: Double) -> String { Figures.fixed(100 * share, 1) }
        return
            "on \(checks.programs) programs with a known answer, shares are \(points(checks.measured)) points off as measured and "
            + "\(points(checks.compensated)) compensated, so times are \(checks.improved ? "compensated" : "shown as measured")"
    }

    private static func text(_ interval: Interval, digits: Int = 0) -> ShareText {
        func write(_ value: Double) -> String { Figures.fixed(value, digits) }
        var text = ShareText(share: write(interval.mean))
        if let low = interval.low, let high = interval.high { text.bounds = "[\(write(low)), \(write(high))]" }
        return text
    }
}
