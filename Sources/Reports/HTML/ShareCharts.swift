import Analysis
import ProfileModel

/// Charts of shares on an axis that fits them.
enum ShareCharts {
    private static let most = 20
    private static let mostOpcodes = 10
    /// What is smaller is 0.00 %.
    private static let leastShare = 0.000_05

    /// Self shares by function, a track for each design.
    static func functions(of designs: [DesignFinding], paths: ShortPaths) -> ChartView {
        let columns = ShareColumn.columns(of: designs)
        let all = SideBySide.functions(columns.map(\.design))
        let (shown, axis) = shown(all, most)
        let rows = shown.map { row in
            ChartRowView(name: row.name, place: paths.place(row.file, row.line), tracks: tracks(of: row, columns, axis))
        }
        return chart(
            "functions", "Self share by function", rows, all.count, axis,
            note: Wording.functionsInC(designs.filter(\.tellsSelfShares)))
    }

    /// Self shares by line, a track for each design that tells lines.
    static func lines(of designs: [DesignFinding], paths: ShortPaths, source: any SourceText) -> ChartView {
        let all = SideBySide.lines(designs)
        let (shown, axis) = shown(all, most)
        let rows = shown.map { row in
            let code = row.file.flatMap { source.line(row.line, of: $0) }.map(CodeText.trimmed)
            return ChartRowView(
                name: code ?? row.name, place: "\(paths.place(row.file, row.line)) · \(row.name)",
                tracks: tracks(of: row, ShareColumn.plain(designs), axis, where: { !$0.lines.isEmpty }))
        }
        return chart("lines", "Self share by line", rows, all.count, axis)
    }

    /// Where samples landed, by instruction; `nil` where no design tells.
    static func opcodes(of designs: [DesignFinding]) -> ChartView? {
        let all = SideBySide.opcodes(designs)
        guard !all.isEmpty else { return nil }
        let (shown, axis) = shown(all, mostOpcodes)
        let rows = shown.map { row in
            ChartRowView(
                name: row.name, place: "",
                tracks: tracks(of: row, ShareColumn.plain(designs), axis, where: { !$0.opcodes.isEmpty }))
        }
        return chart("opcodes", "Where the samples land, by instruction", rows, all.count, axis)
    }

    /// The share of asyncio tasks by name, of one run; `nil` where it has none.
    static func tasks(of run: RunFindings) -> ChartView? {
        guard let tasks = run.tasks else { return nil }
        var named = tasks.prefix(most).map { ($0.name, $0.`self`) }
        if let taskless = run.taskless {
            named += [(Wording.noTask, taskless.none), (Wording.unknownTask, taskless.unknown)]
                .filter { $1.share ?? 0 > 0 }
        }
        let axis = ShareAxis(fitting: named.map(\.1))
        let rows = named.map { name, time in
            ChartRowView(name: name, place: "", tracks: [track(time, "share", 0, run.kind, axis)])
        }
        return chart("tasks", "Share by task", rows, rows.count + max(0, tasks.count - most), axis)
    }

    /// The share of every process, and of every thread, of one run; `nil` where there is but one.
    static func processes(of run: RunFindings) -> ChartView? {
        parts(
            "processes", "Share by process",
            (run.processes ?? []).map { (numbered($0.name, $0.id), $0.share, $0.seconds) })
    }

    static func threads(of run: RunFindings) -> ChartView? {
        parts("threads", "Share by thread", run.threads.map { (numbered($0.name, $0.id), $0.share, $0.seconds) })
    }

    /// Threads without a name of their own are called by their number.
    private static func numbered(_ name: String, _ id: Int64) -> String {
        name.hasSuffix("\(id)") ? name : "\(name) (\(id))"
    }

    private static func parts(
        _ id: String, _ heading: String, _ parts: [(name: String, share: Double?, seconds: Double?)]
    ) -> ChartView? {
        guard parts.count > 1 else { return nil }
        let sorted = parts.sorted { ($1.share ?? 0, $0.name) < ($0.share ?? 0, $1.name) }.prefix(most)
        let axis = ShareAxis(fitting: sorted.map { Estimate(share: $0.share) })
        let rows = sorted.map { part in
            ChartRowView(
                name: part.name, place: part.seconds.map(Figures.seconds) ?? "",
                tracks: [track(Estimate(share: part.share), "share", 0, .sampling, axis)])
        }
        return ChartView(id: id, heading: heading, ticks: axis.ticks, rows: rows, rest: rest(parts.count - rows.count))
    }

    static func track(
        _ estimate: Estimate?, _ series: String, _ index: Int, _ kind: Kind, _ axis: ShareAxis
    ) -> TrackView {
        let text = ShareText(estimate)
        let bounds = text.isWorstCase ? "worst case" : "95 % interval"
        return TrackView(
            series: series, tone: Position.tone(index),
            spoken: "\(series): \(text.share)" + (text.bounds.isEmpty ? "" : ", \(bounds) \(text.bounds)"),
            figure: text.share, bounds: text.bounds,
            band: SpanView(axis.part(estimate?.worstLow), axis.part(estimate?.worstHigh)),
            whisker: SpanView(axis.part(estimate?.low), axis.part(estimate?.high)),
            dot: DotView(axis.part(estimate?.share), isSquare: kind == .tracing))
    }

    private static func tracks(
        of row: SideBySideRow, _ columns: [ShareColumn], _ axis: ShareAxis,
        where shown: (DesignFinding) -> Bool = { _ in true }
    ) -> [TrackView] {
        zip(columns, row.estimates).filter { shown($0.0.design) }.map { column, estimate in
            track(estimate, column.design.name, column.tone, column.design.kind, axis)
        }
    }

    /// The first rows without those that would be nothing but zeros, and the axis that they fit on.
    private static func shown(_ all: [SideBySideRow], _ most: Int) -> (rows: [SideBySideRow], axis: ShareAxis) {
        let rows = all.prefix(most).filter { $0.largestShare >= leastShare }
        return (Array(rows), ShareAxis(fitting: rows.flatMap { $0.estimates.compactMap { $0 } }))
    }

    private static func chart(
        _ id: String, _ heading: String, _ rows: [ChartRowView], _ count: Int, _ axis: ShareAxis, note: String? = nil
    ) -> ChartView {
        let legend = "Mark and whisker: the share with its 95 % interval. Fainter band: worst-case bounds."
        let note = [legend, note].compactMap(\.self).joined(separator: " ")
        return ChartView(
            id: id, heading: heading, note: note, ticks: axis.ticks, rows: rows, rest: rest(count - rows.count))
    }

    private static func rest(_ count: Int) -> String? { count > 0 ? "and \(Figures.count(count)) more" : nil }
}
