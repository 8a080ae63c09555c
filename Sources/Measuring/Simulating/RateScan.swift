/// The rates that a scan tries.
public struct RateScan: Sendable {
    /// About ten times as low to ten times as high.
    public let curve: [Double]
    /// Near the rate, its half and its double: programs in step with other tools' clocks are in step with these.
    public let harmonics: [Double]

    /// Replays of each harmonic.
    public static let replays = 40

    public init(around rate: Double, within allowed: ClosedRange<Double>) {
        curve = [0.1, 0.2, 0.5, 1, 2, 5, 10].map { $0 * rate }.filter(allowed.contains)
        harmonics = [0.5, 1, 2].flatMap { factor in
            (-Self.steps...Self.steps).map { factor * rate * (1 + Double($0) * Self.step) }
        }.filter(allowed.contains)
    }

    /// To either side of a harmonic, and how far apart.
    private static let steps = 6
    private static let step = 0.005
}
