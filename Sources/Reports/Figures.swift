import Analysis
import ProfileModel

/// How figures are written for people. A figure that is missing is a dash.
enum Figures {
    static let missing = "–"

    /// With so many digits after the point, rounded half away from zero, and by thousands before it.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard let text = Decimals.fixed(value, digits) else { return missing }
        let whole = text.prefix { $0 != "." }
        guard let number = Int64(whole) else { return text }
        return (text.hasPrefix("-") ? "−" : "") + number.magnitude.grouped + text[whole.endIndex...]
    }

    /// `12.3 %`, of a part.
    static func percent(_ part: Double, _ digits: Int) -> String { fixed(100 * part, digits) + " %" }

    /// `19,290`
    static func count(_ value: some BinaryInteger) -> String {
        (value < 0 ? "−" : "") + value.magnitude.grouped
    }

    /// `1.87 s`, `12.3 ms`, `40 µs`
    static func seconds(_ value: Double) -> String {
        switch abs(value) {
        case 100...: fixed(value, 0) + " s"
        case 0.0995...: fixed(value, 2) + " s"
        case 0.000_995...: fixed(value * 1e3, 1) + " ms"
        case 0: "0 s"
        default: fixed(value * 1e6, 0) + " µs"
        }
    }

    /// `p < 0.001`, `p = 0.013`
    static func probability(_ p: Double?) -> String {
        guard let p, p.isFinite else { return missing }
        return p < 0.001 ? "p < 0.001" : "p = " + fixed(p, 3)
    }

    /// `1.42 [1.39, 1.45]`; three digits where the interval is narrower than a hundredth.
    static func ratio(_ ratio: Ratio) -> String {
        let digits = abs(ratio.ratio - 1) < 0.1 || (ratio.high ?? .infinity) - (ratio.low ?? 0) < 0.02 ? 3 : 2
        return fixed(ratio.ratio, digits) + range(ratio.low, ratio.high) { fixed($0, digits) }
    }

    /// `1.93 s [1.90, 1.96]`
    static func seconds(_ interval: Interval) -> String {
        fixed(interval.mean, 3) + " s" + range(interval.low, interval.high) { fixed($0, 3) }
    }

    private static func range(_ low: Double?, _ high: Double?, _ write: (Double) -> String) -> String {
        guard let low, let high else { return "" }
        return " [\(write(low)), \(write(high))]"
    }
}
