import Analysis

/// The chart of what each design cost, with the control against itself as its first row.
struct SlowdownChart {
    private let findings: CompareFindings
    private let axis: RatioAxis

    init(_ findings: CompareFindings) {
        self.findings = findings
        let ratios = findings.designs.compactMap(\.slowdown) + [findings.control?.selfTest].compactMap(\.self)
        axis = RatioAxis(ratios.flatMap { [$0.ratio, $0.low, $0.high].compactMap(\.self) })
    }

    var view: ChartView {
        var rows = findings.designs.enumerated().map { row($1, $0) }
        if let control = findings.control { rows.insert(row(control), at: 0) }
        return ChartView(
            id: "designs", heading: "Designs, and what they cost",
            note: "Slowdown: profiled time by control time. A square is a tracing design, a dot a sampling one.",
            ticks: axis.ticks, rows: rows)
    }

    private func row(_ design: DesignFinding, _ index: Int) -> ChartRowView {
        let how = Wording.how(design)
        let track = track(design.slowdown, design.name, Position.tone(index), isSquare: design.kind == .tracing)
        return ChartRowView(name: design.name, place: how, detail: design.ledger.map(Wording.ledger), tracks: [track])
    }

    private func row(_ control: ControlFinding) -> ChartRowView {
        let track = track(control.selfTest, "control", "", isSquare: false)
        return ChartRowView(
            name: "control", place: Figures.seconds(control.seconds),
            detail: Wording.drift(control.selfTest).map { "against itself it \($0)" },
            tracks: [track])
    }

    private func track(_ ratio: Ratio?, _ name: String, _ tone: String, isSquare: Bool) -> TrackView {
        TrackView(
            series: "", tone: tone, spoken: "\(name): slowdown \(ratio.map(Figures.ratio) ?? "not known")",
            figure: ratio.map(Figures.ratio) ?? Figures.missing, bounds: "",
            whisker: SpanView(axis.part(ratio?.low), axis.part(ratio?.high)),
            dot: DotView(axis.part(ratio?.ratio), isSquare: isSquare))
    }
}
