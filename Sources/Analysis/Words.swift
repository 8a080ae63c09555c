import ProfileModel

/// Numbers as words of a sentence.
enum Words {
    /// Such as `93 %` or `2.4 %`; with so many decimals where that is said.
    static func percent(_ share: Double, _ places: Int? = nil) -> String {
        Decimals.percent(share, places ?? (abs(share) < 0.0995 ? 1 : 0)) ?? "\(share)"
    }

    /// A number of things, rounded, such as `40,000`.
    static func count(_ number: Double) -> String {
        Int64(exactly: number.rounded())?.grouped ?? decimals(number, 0)
    }

    /// A number with so many decimals; numbers too large for that as they are.
    static func decimals(_ value: Double, _ places: Int) -> String { Decimals.fixed(value, places) ?? "\(value)" }
}
