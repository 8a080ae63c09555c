import Analysis

/// The chart of what each design cost, with the control against itself as its first row.
struct SlowdownChart {
    private let findings: CompareFindings
    /// A slowdown outside of this is some mistake; it stands at the end of the axis.
    private static let believable = 0.0...1e6
    /// Ends of the axis.
    private let low, high: Double
    private let step: Double

    init(_ findings: CompareFindings) {
        self.findings = findings
        let ratios = findings.designs.compactMap(\.slowdown) + [findings.control?.selfTest].compactMap(\.self)
        let ends = ratios.flatMap { [$0.ratio, $0.low, $0.high].compactMap(\.self) }.filter(Self.believable.contains)
        let least = min(1, ends.min() ?? 1)
        let most = max(1.01, ends.max() ?? 1)
        step = Self.step(for: most - least)
        low = (least / step).rounded(.down) * step
        high = (most / step).rounded(.up) * step
    }

    var view: ChartView {
        var rows = findings.designs.enumerated().map { row($1, $0) }
        if let control = findings.control { rows.insert(row(control), at: 0) }
        return ChartView(
            id: "designs", heading: "Designs, and what they cost",
            note: "Slowdown: profiled time by control time. A square is a tracing design, a dot a sampling one.",
            ticks: ticks, rows: rows)
    }

    private func row(_ design: DesignFinding, _ index: Int) -> ChartRowView {
        let how = Wording.how(design)
        let track = track(design.slowdown, design.name, Position.tone(index), isSquare: design.kind == .tracing)
        return ChartRowView(name: design.name, place: how, detail: design.ledger.map(Wording.ledger), tracks: [track])
    }

    private func row(_ control: ControlFinding) -> ChartRowView {
        let track = track(control.selfTest, "control", "", isSquare: false)
        return ChartRowView(
            name: "control", place: Figures.seconds(control.seconds), detail: Wording.drift(control.selfTest).map { "against itself it \($0)" },
            tracks: [track])
    }

    private func track(_ ratio: Ratio?, _ name: String, _ tone: String, isSquare: Bool) -> TrackView {
        TrackView(
            series: "", tone: tone, spoken: "\(name): slowdown \(ratio.map(Figures.ratio) ?? "not known")",
            figure: ratio.map(Figures.ratio) ?? Figures.missing, bounds: "",
            whisker: SpanView(part(ratio?.low), part(ratio?.high)), dot: DotView(part(ratio?.ratio), isSquare: isSquare))
    }

    private func part(_ ratio: Double?) -> Double? { ratio.map { ($0 - low) / (high - low) } }

    private var ticks: [TickView] {
        let digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2
        return (0...Int(((high - low) / step).rounded())).map { index in
            let value = low + Double(index) * step
            return TickView(
                position: Position.percent((value - low) / (high - low)), label: Figures.fixed(value, digits))
        }
    }

    /// 1, 2 or 5 times a power of ten, so that about five steps make the axis.
    private static func step(for length: Double) -> Double {
        let factors = [2, 2.5, 2]
        var step = 0.01
        var index = 0
        while length / step > 6 {
            step *= factors[index % factors.count]
            index += 1
        }
        return step
    }
}
