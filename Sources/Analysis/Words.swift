/// Numbers as words of a sentence.
enum Words {
    /// Such as `93 %` or `2.4 %`.
    static func percent(_ share: Double) -> String {
        abs(share) < 0.0995 ? "\(decimals(share * 100, 1)) %" : "\(decimals(share * 100, 0)) %"
    }

    /// A number of things, rounded, such as `40,000`.
    static func count(_ number: Double) -> String {
        let digits = decimals(number, 0)
        return String(digits.enumerated().flatMap { at, digit in
            at > 0 && (digits.count - at).isMultiple(of: 3) ? [",", digit] : [digit]
        })
    }

    /// A number with so many decimals; numbers too large for that as they are.
    static func decimals(_ value: Double, _ places: Int) -> String {
        let factor = (0..<places).reduce(1.0) { power, _ in power * 10 }
        guard let scaled = Int(exactly: (value * factor).rounded()) else { return "\(value)" }
        guard places > 0 else { return "\(scaled)" }
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }
}

/// A share in words: `12.3 %`.
func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10) %"
}
