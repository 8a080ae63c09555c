/// Units of time as files name them (google/pprof, `internal/measurement`), and some more that tools write.
enum TimeUnit {
    private static let all: [String: Int64] = [
        "ns": 1, "nsec": 1, "nanosecond": 1,
        // The micro sign, and the Greek letter that looks like it.
        "us": 1_000, "\u{B5}s": 1_000, "\u{3BC}s": 1_000, "usec": 1_000, "microsecond": 1_000,
        "ms": 1_000_000, "msec": 1_000_000, "millisecond": 1_000_000,
        "s": 1_000_000_000, "sec": 1_000_000_000, "second": 1_000_000_000,
        "min": 60_000_000_000, "minute": 60_000_000_000,
        "h": 3_600_000_000_000, "hr": 3_600_000_000_000, "hour": 3_600_000_000_000,
    ]

    /// How many nanoseconds the unit has, in the singular or the plural; `nil` where it is none of time.
    static func nanoseconds(_ unit: String) -> Int64? {
        let unit = unit.lowercased()
        return all[unit] ?? (unit.utf8.count > 2 && unit.hasSuffix("s") ? all[String(unit.dropLast())] : nil)
    }
}
