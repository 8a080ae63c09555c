/// A line's slope and intercept over rounds, with their intervals.
public struct RoundsLine: Sendable, Equatable {
    public var slope: RoundsEstimate
    public var intercept: RoundsEstimate
}

extension Jackknife {
    /// The line y = intercept + slope·x over levels of a dose that moves both, where x is measured with error too.
    ///
    /// The dose is known, so it serves as the instrument: with ȳ and x̄ the means over rounds at each level,
    /// slope = Σ(z − z̄)·ȳ / Σ(z − z̄)·x̄, and the line goes through the means. Errors of x, which pull the slope
    /// of least squares towards 0, leave this one consistent (J. Durbin, "Errors in variables", Rev. Inst. Int.
    /// Statist. 22, 1954, p. 23–32). The intervals are made on the plain scale; the unit is the round.
    ///
    /// - Parameters:
    ///   - y: by round, then by level; x likewise.
    ///   - dose: by level; not all the same.
    /// `nil` where there is no round, or x does not grow with the dose.
    public static func line(_ y: [[Double]], over x: [[Double]], dose: [Double], confidence: Double = 0.95)
        -> RoundsLine?
    {
        precondition(
            y.count == x.count && zip(y, x).allSatisfy { $0.count == dose.count && $1.count == dose.count },
            "the rounds are paired")
        guard !y.isEmpty, let full = Line(y, x, dose) else { return nil }
        let without = y.indices.map { left in Line(rounds(y, but: left), rounds(x, but: left), dose) }
        func estimate(_ figure: (Line) -> Double) -> RoundsEstimate {
            Self.estimate(
                Replicates(full: figure(full), without: without.map { $0.map(figure) ?? .nan }), on: .plain, confidence)
        }
        return RoundsLine(slope: estimate(\.slope), intercept: estimate(\.intercept))
    }

    private static func rounds(_ values: [[Double]], but left: Int) -> [[Double]] {
        Array(values[..<left] + values[(left + 1)...])
    }
}

/// One fit.
private struct Line {
    var slope: Double
    var intercept: Double

    /// `nil` where there is no round, or x does not grow with the dose.
    init?(_ y: [[Double]], _ x: [[Double]], _ dose: [Double]) {
        let (yMeans, xMeans) = (Self.meansByLevel(y), Self.meansByLevel(x))
        let centre = Self.mean(dose)
        let grown = zip(dose, xMeans).reduce(0) { $0 + ($1.0 - centre) * $1.1 }
        guard grown > 0, grown.isFinite else { return nil }
        slope = zip(dose, yMeans).reduce(0) { $0 + ($1.0 - centre) * $1.1 } / grown
        intercept = Self.mean(yMeans) - slope * Self.mean(xMeans)
    }

    private static func meansByLevel(_ values: [[Double]]) -> [Double] {
        (values.first ?? []).indices.map { level in mean(values.map { $0[level] }) }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
