import Analysis
import ProfileModel

/// Charts of shares on a common axis of 0 to 100 %.
enum ShareCharts {
    private static let most = 20
    private static let mostOpcodes = 10

    /// Self shares by function, a track for each design.
    static func functions(of designs: [DesignFinding], paths: ShortPaths) -> ChartView {
        let columns = ShareColumn.columns(of: designs)
        let all = SideBySide.functions(columns.map(\.design))
        let rows = all.prefix(most).map { row in
            ChartRowView(name: row.name, place: paths.place(row.file, row.line), tracks: tracks(of: row, columns))
        }
        return chart(
            "functions", "Self share by function", rows, all.count,
            note: Wording.functionsInC(designs.filter(\.tellsSelfShares)))
    }

    /// Self shares by line, a track for each design that tells lines.
    static func lines(of designs: [DesignFinding], paths: ShortPaths, source: any SourceText) -> ChartView {
        let all = SideBySide.lines(designs)
        let rows = all.prefix(most).map { row in
            let code = row.file.flatMap { source.line(row.line, of: $0) }.map(CodeText.trimmed)
            return ChartRowView(
                name: code ?? row.name, place: "\(paths.place(row.file, row.line)) · \(row.name)",
                tracks: tracks(of: row, ShareColumn.plain(designs), where: { !$0.lines.isEmpty }))
        }
        return chart("lines", "Self share by line", rows, all.count)
    }

    /// Where samples landed, by instruction; `nil` where no design tells.
    static func opcodes(of designs: [DesignFinding]) -> ChartView? {
        let all = SideBySide.opcodes(designs)
        guard !all.isEmpty else { return nil }
        let rows = all.prefix(mostOpcodes).map { row in
            ChartRowView(
                name: row.name, place: "",
                tracks: tracks(of: row, ShareColumn.plain(designs), where: { !$0.opcodes.isEmpty }))
        }
        return chart("opcodes", "Where the samples land, by instruction", rows, all.count)
    }

    /// The share of asyncio tasks by name, of one run; `nil` where it has none.
    static func tasks(of run: RunFindings) -> ChartView? {
        guard let tasks = run.tasks else { return nil }
        var named = tasks.prefix(most).map { ($0.name, $0.`self`) }
        if let taskless = run.taskless {
            named += [(Wording.noTask, taskless.none), (Wording.unknownTask, taskless.unknown)]
                .filter { $1.share ?? 0 > 0 }
        }
        let rows = named.map { name, time in
            ChartRowView(name: name, place: "", tracks: [track(time, "share", 0, run.kind)])
        }
        return chart("tasks", "Share by task", rows, rows.count + max(0, tasks.count - most))
    }

    /// Self and total share by function of one run.
    static func functions(of run: RunFindings, paths: ShortPaths) -> ChartView {
        let rows = run.functions.prefix(most).map { function in
            let calls = function.calls.map { "\(Figures.count($0)) calls, " } ?? ""
            var row = ChartRowView(
                name: function.qualname, place: paths.place(function.file, function.line),
                detail: "\(calls)\(function.`self`.seconds.map(Figures.seconds) ?? Figures.missing) self",
                tracks: [
                    track(function.`self`, "self", 0, run.kind), track(function.total, "total", 1, run.kind),
                ])
            if let compensated = function.`self`.compensated {
                add(compensated, of: function.`self`, to: &row, run.kind)
            }
            return row
        }
        return chart("functions", "Share by function", rows, run.functions.count)
    }

    /// The self share and time without the probes.
    private static func add(_ compensated: Compensated, of estimate: Estimate, to row: inout ChartRowView, _ kind: Kind)
    {
        row.detail = "\(row.detail ?? ""), compensated \(CompensatedText.time(compensated).text)"
        row.tracks.insert(track(estimate.withoutProbes, "compensated", 0, kind), at: 1)
    }

    static func track(_ estimate: Estimate?, _ series: String, _ index: Int, _ kind: Kind) -> TrackView {
        let text = ShareText(estimate)
        let bounds = text.isWorstCase ? "worst case" : "95 % interval"
        return TrackView(
            series: series, tone: Position.tone(index),
            spoken: "\(series): \(text.share)" + (text.bounds.isEmpty ? "" : ", \(bounds) \(text.bounds)"),
            figure: text.share, bounds: text.bounds,
            band: SpanView(estimate?.worstLow, estimate?.worstHigh),
            whisker: SpanView(estimate?.low, estimate?.high),
            dot: DotView(estimate?.share, isSquare: kind == .tracing))
    }

    private static func tracks(
        of row: SideBySideRow, _ columns: [ShareColumn], where shown: (DesignFinding) -> Bool = { _ in true }
    ) -> [TrackView] {
        zip(columns, row.estimates).filter { shown($0.0.design) }.map { column, estimate in
            track(estimate, column.design.name, column.tone, column.design.kind)
        }
    }

    private static func chart(
        _ id: String, _ heading: String, _ rows: [ChartRowView], _ count: Int, note: String? = nil
    ) -> ChartView {
        let rest = count > rows.count ? "and \(Figures.count(count - rows.count)) more" : nil
        let legend = "Mark and whisker: the share with its 95 % interval. Fainter band: worst-case bounds."
        let note = [legend, note].compactMap(\.self).joined(separator: " ")
        return ChartView(id: id, heading: heading, note: note, ticks: TickView.shares, rows: rows, rest: rest)
    }
}
