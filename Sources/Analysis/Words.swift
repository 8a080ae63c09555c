/// Numbers as words of a sentence.
enum Words {
    /// Such as `93 %` or `2.4 %`; with so many decimals where that is said.
    static func percent(_ share: Double, _ places: Int? = nil) -> String {
        Decimals.percent(share, places ?? (abs(share) < 0.0995 ? 1 : 0)) ?? "\(share)"
    }

    /// A number of things, rounded, such as `40,000`.
    static func count(_ number: Double) -> String {
        let digits = decimals(number, 0)
        return String(
            digits.enumerated().flatMap { at, digit in
                at > 0 && (digits.count - at).isMultiple(of: 3) ? [",", digit] : [digit]
            })
    }

    /// A number with so many decimals; numbers too large for that as they are.
    static func decimals(_ value: Double, _ places: Int) -> String { Decimals.fixed(value, places) ?? "\(value)" }
}
