import ProfileModel

/// A compensated time, or a sum of some, in nanoseconds, with its derivatives by the costs of `ProbeCosts`.
struct CompensatedTime: Sendable, Equatable {
    var value = 0.0
    /// In the order of the costs' parameters; by a factor's logarithm.
    var slopes: [Double]
    /// As it was measured, but for the stretch.
    var gross = 0.0

    static func + (a: Self, b: Self) -> Self { combined(a, b, +) }

    static func - (a: Self, b: Self) -> Self { combined(a, b, -) }

    private static func combined(_ a: Self, _ b: Self, _ operation: (Double, Double) -> Double) -> Self {
        CompensatedTime(
            value: operation(a.value, b.value), slopes: zip(a.slopes, b.slopes).map(operation),
            gross: operation(a.gross, b.gross))
    }

    static func zero(_ costs: ProbeCosts) -> CompensatedTime {
        CompensatedTime(slopes: costs.parameters.map { _ in 0 })
    }
}
