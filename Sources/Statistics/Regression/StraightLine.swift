/// y = intercept + slope·x by least squares.
public struct StraightLine: Sendable, Equatable {
    public var intercept: Double
    public var slope: Double

    /// `nil` where there are not two different x.
    public init?(_ points: [(x: Double, y: Double)]) {
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        let squares = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        guard squares > 0 else { return nil }
        slope = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / squares
        intercept = meanY - slope * meanX
    }
}
