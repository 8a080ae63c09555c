import Analysis
import Statistics

/// How figures are written in tables.
public enum Words {
    /// With a fixed count of decimals.
    public static func decimals(_ value: Double, _ places: Int) -> String {
        Decimals.fixed(value, places, exactly: true) ?? "?"
    }

    /// `95.1 %`.
    public static func percent(_ part: Double, _ places: Int = 1) -> String {
        Decimals.percent(part, places, exactly: true) ?? "? %"
    }

    /// `[94.0, 96.1]`, of parts in percent.
    public static func percent(_ bounds: Bounds?, _ places: Int = 1) -> String {
        interval(bounds.map { Bounds(low: 100 * $0.low, high: 100 * $0.high) }, places)
    }

    /// `all 95.1 % [94.0, 96.1]`, of a mean of parts, whose interval is cut off at none and all.
    public static func all(_ part: RoundsEstimate) -> String {
        "all \(percent(part.value)) \(percent(part.bounds.map { Bounds(low: max(0, $0.low), high: min(1, $0.high)) }))"
    }

    public static func interval(_ bounds: Bounds?, _ places: Int) -> String {
        guard let bounds else { return "[no interval]" }
        return "[\(decimals(bounds.low, places)), \(decimals(bounds.high, places))]"
    }

    /// `0.75 s [0.70, 0.80]`, or that there is no estimate.
    public static func estimate(_ estimate: RoundsEstimate?, _ places: Int, unit: String = "") -> String {
        guard let estimate else { return "no estimate" }
        return "\(decimals(estimate.value, places))\(unit) \(interval(estimate.bounds, places))"
    }

    /// `1 run`, `60 runs`.
    public static func count(_ number: Int, _ one: String, many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
