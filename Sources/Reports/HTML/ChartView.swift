/// What the template `chart` shows: rows of tracks over one axis.
struct ChartView {
    var id: String
    var heading: String
    var note: String?
    var ticks: [TickView]
    var rows: [ChartRowView]
    var rest: String?
}

struct TickView {
    /// Percent of the axis, as CSS and SVG write it.
    var position: String
    var label: String
}

struct ChartRowView {
    var name: String
    var place: String
    var detail: String?
    var tracks: [TrackView]
}

/// A figure with its bounds, drawn and written.
struct TrackView {
    var series: String
    var tone: String
    /// For a screen reader.
    var spoken: String
    var figure: String
    var bounds: String
    var band: SpanView?
    var whisker: SpanView?
    var dot: DotView?
}

struct SpanView {
    var from: String
    var to: String
    var length: String

    /// `nil` unless both ends are numbers; they are given as parts of the axis, 0 to 1.
    init?(_ low: Double?, _ high: Double?) {
        guard let low, let high, low.isFinite, high.isFinite, low <= high else { return nil }
        from = Position.percent(low)
        to = Position.percent(high)
        length = Position.percent(min(1, high) - max(0, low))
    }
}

struct DotView {
    var at: String
    /// Tracing designs have a square, so that the kinds are told apart without colour.
    var isSquare: Bool

    init?(_ value: Double?, isSquare: Bool) {
        guard let value, value.isFinite else { return nil }
        at = Position.percent(value)
        self.isSquare = isSquare
    }
}

enum Position {
    /// A part of the axis as percent, kept on the axis, as CSS and SVG write it.
    static func percent(_ part: Double) -> String {
        part.isFinite ? Figures.fixed(min(1, max(0, part)) * 100, 3) : "0"
    }

    /// The class that colours a design.
    static func tone(_ index: Int) -> String { "d\(index % 8)" }
}
