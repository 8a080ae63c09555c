import ProfileModel
import Statistics

extension Ledger {
    /// A share if none, and if all, of the ticks that were lost had been at its place.
    ///
    /// - Parameters:
    ///   - seen: the place's share of the ticks that were taken.
    ///   - ticks: how many were taken, in scope.
    ///   - share: the estimate that is printed beside the bounds.
    func worstCase(seen: Double?, ticks: Double, around share: Double?) -> Bounds? {
        guard let seen, let share else { return nil }
        return WorstCase.bounds(seen: seen, taken: ticks, lost: max(0, lostTicks), around: share)
    }
}
