import Foundation
import Statistics

/// How numbers are written in the table.
enum Words {
    /// With a fixed count of decimals.
    static func decimals(_ value: Double, _ places: Int) -> String {
        value.isFinite ? String(format: "%.\(places)f", value) : "?"
    }

    /// `95.1 %`.
    static func percent(_ part: Double, _ places: Int = 1) -> String { decimals(100 * part, places) + " %" }

    /// `[94.0, 96.1]`, of parts in percent.
    static func percent(_ bounds: Bounds?, _ places: Int = 1) -> String {
        interval(bounds.map { Bounds(low: 100 * $0.low, high: 100 * $0.high) }, places)
    }

    /// `all 95.1 % [94.0, 96.1]`, of a mean of parts, whose interval is cut off at none and all.
    static func all(_ part: RoundsEstimate) -> String {
        "all \(percent(part.value)) \(percent(part.bounds.map { Bounds(low: max(0, $0.low), high: min(1, $0.high)) }))"
    }

    static func interval(_ bounds: Bounds?, _ places: Int) -> String {
        guard let bounds else { return "[no interval]" }
        return "[\(decimals(bounds.low, places)), \(decimals(bounds.high, places))]"
    }

    /// `1 run`, `60 runs`.
    static func count(_ number: Int, _ one: String, many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
