import Analysis

/// One picture of a run that goes on: as many lines as the terminal has rows at the most, none wider than it.
public struct LiveScreen {
    /// What the view is of, such as `process 1234  server.py`.
    private let title: String
    private let keys: Bool
    private let goal: Double?
    private let paths: ShortPaths

    /// - Parameters:
    ///   - keys: whether keys are heard.
    ///   - goal: the half-width at which the view ends by itself.
    public init(title: String, keys: Bool, goal: Double? = nil, paths: ShortPaths = .here) {
        (self.title, self.keys, self.goal, self.paths) = (title, keys, goal, paths)
    }

    /// Before there is anything to show.
    public func waiting(width: Int, height: Int, colors: Bool) -> [String] {
        fitted(
            [StyledLine(title, .strong), StyledLine("waiting for the first look", .faint)], [help], width, height,
            colors)
    }

    public func lines(_ findings: LiveFindings, width: Int, height: Int, colors: Bool) -> [String] {
        var head = [StyledLine(title, .strong), StyledLine(Self.facts(findings), .faint)]
        var foot = notes(findings, width) + [help]
        if height - foot.count >= Self.airy {
            head.append(StyledLine())
            foot.insert(StyledLine(), at: 0)
        }
        let room = height - foot.count
        head += table(findings, rows: max(1, room - head.count - 1), width)
        return fitted(head, foot, width, height, colors)
    }

    /// Rows beside the notes from which on there is room for blank lines.
    private static let airy = 9

    // MARK: The table

    private func table(_ findings: LiveFindings, rows: Int, _ width: Int) -> [StyledLine] {
        let shown = Array(findings.rows.prefix(rows))
        guard !shown.isEmpty else { return [StyledLine("  nothing was seen yet", .faint)] }
        var table = TextTable()
        table.add("share", shares: shown.map { ShareText($0.share) })
        if findings.certainty == .sequence {
            let isNarrow = width < 60
            table.add(isNarrow ? "" : "order", shown.map { $0.isCertain ? isNarrow ? "✓" : "certain" : "" }, .left)
        }
        let paths = paths.telling(apart: Set(findings.rows.compactMap(\.file)))
        table.add(findings.view.rawValue, lines: shown.map { label($0, findings.view, paths) })
        return table.lines(width: width)
    }

    private func label(_ row: LiveFindings.Row, _ view: LiveView, _ paths: ShortPaths) -> StyledLine {
        switch view {
        case .function: StyledLine([Span(row.name, .strong), Span("  " + paths.place(row.file, row.line), .faint)])
        case .line: StyledLine(paths.place(row.file, row.line), .strong)
        case .thread: StyledLine(row.name, .strong)
        }
    }

    // MARK: Around it

    private static func facts(_ findings: LiveFindings) -> String {
        var facts = ["\(findings.design), \(findings.clock.rawValue)", Figures.seconds(findings.seconds)]
        if let ticks = findings.ticks { facts.append("\(Figures.count(ticks)) ticks") }
        if findings.lostPart > 0 { facts.append("\(ShareText(Estimate(share: findings.lostPart)).share) lost") }
        if findings.more > 0 { facts.append("\(Figures.count(findings.more)) more") }
        return facts.joined(separator: " · ")
    }

    private func notes(_ findings: LiveFindings, _ width: Int) -> [StyledLine] {
        var page = Page(TerminalOptions(width: width))
        page.sentence(Self.certainty(findings.certainty), .faint)
        if let goal { page.sentence(progress(findings, goal), .faint) }
        return page.lines
    }

    private static func certainty(_ certainty: LiveFindings.Certainty) -> String {
        switch certainty {
        case .sequence:
            "Self shares of the run so far; in brackets what holds at every look and for all rows at once, 95 % sure."
        case .periodic: "Self shares of the run so far; no interval is valid for periodic ticks."
        case .instantsNotOurs:
            "Self shares of the run so far; no interval is valid, for the program picks the instants."
        case .unknownSchedule: "Self shares of the run so far; no interval is valid for an unknown schedule."
        case .counted: "Self shares of what has been counted so far: measured, not sampled, and without an interval."
        }
    }

    private func progress(_ findings: LiveFindings, _ goal: Double) -> String {
        let now = findings.reach.map { "±" + Figures.fixed($0 * 100, 1) } ?? Figures.missing
        return "Ends at ±\(Figures.fixed(goal * 100, 1)) points; now \(now)."
    }

    private var help: StyledLine {
        StyledLine(keys ? "f functions  l lines  t threads  q end" : "Ctrl-C ends the program", .faint)
    }

    /// The head loses its end where there is no room, the foot its beginning.
    private func fitted(
        _ head: [StyledLine], _ foot: [StyledLine], _ width: Int, _ height: Int, _ colors: Bool
    ) -> [String] {
        let foot = foot.suffix(max(1, height - min(head.count, 4)))
        let top = head.prefix(max(0, height - foot.count))
        return (top + foot).prefix(max(1, height)).map { $0.clipped(to: width).rendered(colors: colors) }
    }
}
