/// A function in one run: what is true of it, and what the profile says.
struct RunShare: Sendable, Equatable {
    var function: String
    var truth: Double
    /// 0 where no tick saw it.
    var share: Double
    /// `nil` where no interval is valid.
    var low: Double?
    var high: Double?

    var isCovered: Bool {
        guard let low, let high else { return false }
        return low <= truth && truth <= high
    }
}
