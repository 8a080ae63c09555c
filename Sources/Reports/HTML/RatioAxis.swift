/// An axis of ratios, with 1 on it.
struct RatioAxis {
    /// A ratio outside of this is some mistake; it stands at the end of the axis.
    private static let believable = 0.0...1e6
    private let low, high: Double
    private let step: Double

    /// - Parameter figures: what is to stand on it.
    init(_ figures: [Double]) {
        let ends = figures.filter(Self.believable.contains)
        let least = min(1, ends.min() ?? 1)
        let most = max(1.01, ends.max() ?? 1)
        step = Self.step(for: most - least)
        low = (least / step).rounded(.down) * step
        high = (most / step).rounded(.up) * step
    }

    /// Where a ratio stands, as a part of the axis.
    func part(_ ratio: Double?) -> Double? { ratio.map { ($0 - low) / (high - low) } }

    var ticks: [TickView] {
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
