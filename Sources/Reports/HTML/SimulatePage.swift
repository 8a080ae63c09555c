import Analysis

extension PageView {
    init(simulate findings: SimulateFindings, paths: ShortPaths) {
        let program = findings.timeline.program.joined(separator: " ")
        self.init(
            title: "swprof simulate: \(program)", kicker: "swprof simulate", program: program,
            facts: [SimulateWording.timeline(findings.timeline), SimulateWording.sampler(findings)])
        charts = [SimulateCharts.functions(findings, paths: paths)]
        if !findings.lines.isEmpty { charts.append(SimulateCharts.lines(findings, paths: paths)) }
        curves = SimulateCharts.curves(findings)
        order = SimulateWording.sentences(findings)
        caveats = findings.caveats.map { CaveatView(text: $0.text, code: $0.code) }
        intervals = ["replays: \(SimulateWording.note)"]
    }
}

/// Charts of what replays say.
private enum SimulateCharts {
    private static let most = 20

    static func functions(_ findings: SimulateFindings, paths: ShortPaths) -> ChartView {
        chart(
            "functions", "Self share by function",
            findings.functions.map { row($0.qualname, paths.place($0.file, $0.line), $0.share) })
    }

    static func lines(_ findings: SimulateFindings, paths: ShortPaths) -> ChartView {
        chart(
            "lines", "Self share by line",
            findings.lines.map { row("line \($0.line)", "\(paths.place($0.file, $0.line)) · \($0.function)", $0.share) }
        )
    }

    private static func chart(_ id: String, _ heading: String, _ rows: [ChartRowView]) -> ChartView {
        ChartView(
            id: id, heading: heading,
            note: "A square is the truth; a dot is the mean of the replays, with the error of one run to either side.",
            ticks: ShareAxis.whole.ticks, rows: Array(rows.prefix(most)),
            rest: rows.count > most ? "and \(rows.count - most) more" : nil)
    }

    private static func row(_ name: String, _ place: String, _ share: SimulatedShare) -> ChartRowView {
        let mean = SimulateWording.percent(share.mean)
        let ends = share.mean.flatMap { mean in share.error.map { (mean - $0, mean + $0) } }
        return ChartRowView(
            name: name, place: place, detail: detail(share),
            tracks: [
                TrackView(
                    series: "truth", tone: Position.tone(0),
                    spoken: "\(name): truth \(SimulateWording.percent(share.truth))",
                    figure: SimulateWording.percent(share.truth), bounds: "", dot: DotView(share.truth, isSquare: true)),
                TrackView(
                    series: "replays", tone: Position.tone(1), spoken: "\(name): mean of replays \(mean)", figure: mean,
                    bounds: "",
                    whisker: SpanView(ends?.0, ends?.1), dot: DotView(share.mean, isSquare: false)),
            ])
    }

    private static func detail(_ share: SimulatedShare) -> String {
        let parts = [
            share.bias.map { "bias \(SimulateWording.bias($0).text)" },
            share.coverage.map {
                "covered \(SimulateWording.coverage($0).text), width \(SimulateWording.points(share.width))"
            },
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    static func curves(_ findings: SimulateFindings) -> [CurveView] {
        guard findings.curve.count > 1 else { return [] }
        return [widths(findings.curve), coverage(findings.curve)]
    }

    private static func widths(_ curve: [SimulatedRate]) -> CurveView {
        let most = curve.flatMap { [$0.width, $0.error, $0.totalVariation].compactMap { $0 } }.max() ?? 0.01
        return view(
            curve, "widths", "Width and error by rate",
            note: "Mean of the five hottest functions, and total variation of all, in points.", to: most,
            [("width of the interval", \.width), ("error of one run", \.error), ("total variation", \.totalVariation)]
        ) { SimulateWording.points($0) }
    }

    private static func coverage(_ curve: [SimulatedRate]) -> CurveView {
        view(
            curve, "coverage", "Coverage by rate",
            note: "How often the 95 % interval of the hottest function has the truth.", from: 0.8, to: 1,
            [("covered", { $0.coverage?.value }), ("asked", { _ in 0.95 })]
        ) { SimulateWording.points($0) + " %" }
    }

    private static func view(
        _ curve: [SimulatedRate], _ id: String, _ heading: String, note: String, from: Double = 0, to most: Double,
        _ lines: [(name: String, value: (SimulatedRate) -> Double?)], label: (Double) -> String
    ) -> CurveView {
        let scale = CurveScale(across: curve.map(\.rate), up: (from, most))
        let drawn = lines.enumerated().compactMap { tone, line -> CurveLineView? in
            let dots = curve.compactMap { rate in
                line.value(rate).map { CurveDotView(x: scale.x(rate.rate), y: scale.y($0)) }
            }
            guard !dots.isEmpty else { return nil }
            return CurveLineView(
                tone: Position.tone(tone), name: line.name,
                points: dots.map { "\($0.x),\($0.y)" }.joined(separator: " "),
                dots: dots)
        }
        let steps = (0...4).map { from + (most - from) * Double($0) / 4 }
        return CurveView(
            id: id, heading: heading, note: note, spoken: heading, axis: "ticks a second",
            across: curve.map { TickView(position: scale.x($0.rate), label: SimulateWording.rate($0.rate)) },
            up: steps.map { TickView(position: scale.y($0), label: label($0)) }, lines: drawn)
    }
}
