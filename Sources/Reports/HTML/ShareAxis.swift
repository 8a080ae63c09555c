import Analysis

/// An axis of shares from 0 to where the data end.
struct ShareAxis {
    /// All of the time.
    static let whole = ShareAxis(end: 1, steps: 5)

    private let end: Double
    private let steps: Int

    private init(end: Double, steps: Int) { (self.end, self.steps) = (end, steps) }

    /// Reaches to the greatest share and the end of its interval, or of its worst case where it has none.
    init(fitting estimates: [Estimate]) {
        let ends = estimates.flatMap { [$0.share, $0.high ?? $0.worstHigh] }.compactMap { $0 }
        let most = min(1, max(0.000_1, ends.filter { $0.isFinite }.max() ?? 1))
        let step = Self.step(for: most)
        let steps = Int((most / step - 1e-9).rounded(.up))
        self.init(end: min(1, Double(steps) * step), steps: steps)
    }

    /// Where a share stands, as a part of the axis.
    func part(_ share: Double?) -> Double? { share.map { $0 / end } }

    var ticks: [TickView] {
        let digits = end >= 0.05 ? 0 : end >= 0.005 ? 1 : 2
        return (0...steps).map { index in
            let part = Double(index) / Double(steps)
            return TickView(position: Position.percent(part), label: Figures.fixed(part * end * 100, digits) + " %")
        }
    }

    private static let lengths = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.000_5, 0.000_2, 0.000_1, 0.000_05]

    /// So that two to five steps make the axis.
    private static func step(for length: Double) -> Double { lengths.first { length / $0 >= 2 } ?? 0.000_05 }
}
