/// Which of a foreign file's values are time and count.
struct PprofForeignValues {
    /// Where the time stands, and how many nanoseconds its unit has.
    private let time: (index: Int, scale: Int64)?
    private let count: Int?
    /// What one count stands for, in nanoseconds, where there is no time.
    private let period: Int64
    /// Whether the time is processor time.
    let isCPU: Bool
    /// Samples a second, where the file tells.
    let rate: Double?

    init(_ file: PprofFile) throws(FormatError) {
        var types: [(name: String, unit: String)] = []
        for type in file.tables.sampleType { types.append((try file.text(type.type), try file.text(type.unit))) }
        let timed = types.lastIndex { Self.nanoseconds($0.unit) != nil }
        time = timed.flatMap { index in Self.nanoseconds(types[index].unit).map { (index, $0) } }
        count = types.firstIndex { $0.unit == "count" }

        let periodType = try file.text(file.tables.periodType.type)
        let unit = Self.nanoseconds(try file.text(file.tables.periodType.unit)) ?? 0
        let (length, overflow) = file.tables.period.multipliedReportingOverflow(by: unit)
        period = overflow || length < 0 ? 0 : length
        rate = period > 0 ? 1e9 / Double(period) : nil
        isCPU = (timed.map { types[$0].name } ?? periodType).lowercased().contains("cpu")
        guard time != nil || (count != nil && period > 0) else {
            let names = types.map { "\($0.name)/\($0.unit)" }.joined(separator: ", ")
            throw FormatError(
                "the file has no time in it (it has: \(names))",
                remedy: "give a profile of wall or processor time")
        }
    }

    /// The count and the nanoseconds of one sample.
    func read(_ values: [Int64]) throws(FormatError) -> (count: Int64, nanoseconds: Int64) {
        let needed = max(time?.index ?? 0, count ?? 0)
        guard values.count > needed else {
            throw .damaged("a sample has \(values.count) values instead of \(needed + 1) or more")
        }
        let counted = count.map { values[$0] } ?? 1
        let (value, scale) = time.map { (values[$0.index], $0.scale) } ?? (counted, period)
        let (nanoseconds, overflow) = value.multipliedReportingOverflow(by: scale)
        guard !overflow else { throw .damaged("a sample's time, \(value), is longer than any run") }
        return (counted, nanoseconds)
    }

    /// How many nanoseconds a unit of time has.
    private static func nanoseconds(_ unit: String) -> Int64? {
        switch unit.lowercased() {
        case "nanoseconds", "nanosecond", "ns": 1
        case "microseconds", "microsecond", "us", "µs": 1_000
        case "milliseconds", "millisecond", "ms": 1_000_000
        case "seconds", "second", "s": 1_000_000_000
        default: nil
        }
    }
}
