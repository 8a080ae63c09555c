import Analysis
import Glibc

/// What the template `curve` shows: lines over a logarithmic axis, in the picture's own units.
struct CurveView {
    var id: String
    var heading: String
    var note: String
    /// For a screen reader.
    var spoken: String
    /// What the axis below is of.
    var axis: String
    var across: [TickView]
    var up: [TickView]
    var lines: [CurveLineView]
}

struct CurveLineView {
    var tone: String
    var name: String
    var points: String
    var dots: [CurveDotView]
}

struct CurveDotView {
    var x: String
    var y: String
}

/// Where figures stand in the picture of a curve.
struct CurveScale {
    private static let (left, right, top, bottom) = (70.0, 680.0, 10.0, 210.0)
    /// The logarithms of the ends of the axis across, and the ends of the one that goes up.
    private let across: (from: Double, to: Double)
    private let up: (from: Double, to: Double)

    init(across values: [Double], up: (from: Double, to: Double)) {
        let ends = values.filter { $0 > 0 && $0.isFinite }
        across = (log(ends.min() ?? 1), log(ends.max() ?? 10))
        self.up = up
    }

    func x(_ value: Double) -> String {
        let part = (log(value) - across.from) / max(1e-9, across.to - across.from)
        return Self.text(Self.left + Self.kept(part) * (Self.right - Self.left))
    }

    func y(_ value: Double) -> String {
        let part = (value - up.from) / max(1e-9, up.to - up.from)
        return Self.text(Self.bottom - Self.kept(part) * (Self.bottom - Self.top))
    }

    private static func kept(_ part: Double) -> Double { part.isFinite ? min(1, max(0, part)) : 0 }

    private static func text(_ value: Double) -> String { Decimals.fixed(value, 1) ?? "0" }
}
