extension Int64 {
    /// Counts and times in profiles come from outside: their sums stop at the largest number, and do not overflow.
    public mutating func addClamped(_ other: Int64) {
        let (sum, overflows) = addingReportingOverflow(other)
        self = overflows ? (other > 0 ? .max : .min) : sum
    }
}
