import Analysis
import ProfileModel

/// The chart of how far each design follows each function that was slowed.
struct CausalChart {
    private let findings: [CausalFinding]
    /// By the design's name: its place in the report, and its kind.
    private let designs: [String: (index: Int, kind: Kind)]
    private let axis: RatioAxis
    private let paths: ShortPaths

    /// `nil` where nothing was slowed.
    init?(_ findings: CompareFindings, paths: ShortPaths) {
        guard let causal = findings.causal, !causal.isEmpty else { return nil }
        self.findings = causal
        self.paths = paths
        designs = Dictionary(findings.designs.enumerated().map { ($1.name, ($0, $1.kind)) }) { first, _ in first }
        let slopes = causal.flatMap(\.designs).compactMap(\.slope)
        axis = RatioAxis(slopes.flatMap { [$0.value, $0.low, $0.high].compactMap(\.self) })
    }

    var view: ChartView {
        ChartView(
            id: "causal", heading: Wording.causalHeading, note: Wording.causalNote, ticks: axis.ticks,
            rows: findings.map(row))
    }

    private func row(_ finding: CausalFinding) -> ChartRowView {
        let verdicts = finding.designs.map {
            "\($0.name): \($0.verdict.rawValue), intercept \(Wording.intercept($0)) ms"
        }
        return ChartRowView(
            name: finding.qualname, place: paths.place(finding.file, finding.line),
            detail: verdicts.joined(separator: "; "),
            tracks: finding.designs.map(track))
    }

    private func track(_ design: CausalDesign) -> TrackView {
        let known = designs[design.name]
        return TrackView(
            series: design.name, tone: Position.tone(known?.index ?? 0),
            spoken: "\(design.name): slope \(Wording.slope(design)), \(design.verdict.rawValue)",
            figure: Wording.slope(design), bounds: "",
            whisker: SpanView(axis.part(design.slope?.low), axis.part(design.slope?.high)),
            dot: DotView(axis.part(design.slope?.value), isSquare: known?.kind == .tracing))
    }
}
