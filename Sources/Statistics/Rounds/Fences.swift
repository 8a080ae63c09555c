import CGSL

/// Tukey's outer fences, three interquartile ranges outside the quartiles: what is beyond is far out
/// (J. W. Tukey, Exploratory Data Analysis, 1977, section 2D).
public struct Fences: Sendable, Equatable {
    public var low: Double
    public var high: Double

    /// `nil` under four values.
    public init?(_ series: [Double]) {
        guard series.count >= 4 else { return nil }
        let sorted = series.sorted()
        let (first, third) = (Self.quantile(sorted, 0.25), Self.quantile(sorted, 0.75))
        low = first - 3 * (third - first)
        high = third + 3 * (third - first)
    }

    public func holds(_ value: Double) -> Bool { (low...high).contains(value) }

    func pulledIn(_ value: Double) -> Double { min(max(value, low), high) }

    /// Of sorted values, linear between neighbours; there must be one.
    static func quantile(_ sorted: [Double], _ p: Double) -> Double {
        gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, p)
    }
}
