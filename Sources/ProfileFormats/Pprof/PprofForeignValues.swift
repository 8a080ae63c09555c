/// Which of a foreign file's values are time and count.
///
/// Of several times it is the one that was asked for, else the file's `default_sample_type`, else wall time before processor
/// time before others; a column that is all 0 only where there is nothing else.
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
    /// The name of what is read, where the file has further times.
    let chosen: (name: String, others: [String])?

    private typealias Column = (index: Int, name: String, unit: String)

    init(_ file: PprofFile, type: String?) throws(FormatError) {
        var columns: [Column] = []
        for entry in file.tables.sampleType {
            columns.append((columns.count, try file.text(entry.type), try file.text(entry.unit)))
        }
        let periodType = try file.text(file.tables.periodType.type)
        period = Self.period(file.tables.period, unit: try file.text(file.tables.periodType.unit))
        // What looks a million times a second is a tool that does not say.
        rate = period >= 1_000 ? 1e9 / Double(period) : nil
        let times = columns.filter { TimeUnit.nanoseconds($0.unit) != nil }
        let counts = columns.filter { $0.unit == "count" || $0.unit.isEmpty && $0.name == "samples" }
        let used = try Self.usedColumns(file, columns.count)
        let column = try Self.column(type, file.text(file.tables.defaultSampleType), times, counts, used: used)
        let timed = column.flatMap { column in TimeUnit.nanoseconds(column.unit).map { (column.index, $0) } }
        time = timed
        count = timed == nil ? column?.index : Self.count(of: column, among: counts)
        isCPU = (timed == nil ? periodType : column?.name ?? "").lowercased().contains("cpu")
        guard time != nil || (count != nil && period > 0) else {
            let names = columns.map { "\($0.name)/\($0.unit)" }.joined(separator: ", ")
            throw FormatError(
                "the file has no time in it (it has: \(names))",
                remedy: "give a profile of wall or processor time")
        }
        chosen =
            times.count > 1
            ? column.map { column in (column.name, times.map(\.name).filter { $0 != column.name }) } : nil
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

    private static func column(_ type: String?, _ standard: String, _ times: [Column], _ counts: [Column], used: [Bool])
        throws(FormatError) -> Column?
    {
        let known = times + counts
        if let type {
            guard let column = known.first(where: { $0.name == type }) else {
                let names = known.map(\.name).joined(separator: ", ")
                throw FormatError("the file has no time '\(type)'", remedy: "with --type, name one of: \(names)")
            }
            return column
        }
        if let column = times.first(where: { $0.name == standard && used[$0.index] }) { return column }
        // Files of one run list what is more telling last, as `go tool pprof` takes them.
        let ranked = times.reversed().filter { used[$0.index] }
        return ranked.first { isWall($0.name) } ?? ranked.first { $0.name.lowercased().contains("cpu") } ?? ranked.first
            ?? counts.first { used[$0.index] } ?? times.last ?? counts.first
    }

    private static func isWall(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.contains("wall") || name.contains("itimer") || name == "sampling time"
    }

    /// The count that goes with a time: of the same first word (`cpu-time`, `cpu-samples`), else the first.
    private static func count(of time: Column?, among counts: [Column]) -> Int? {
        let word = time?.name.prefix { $0.isLetter } ?? ""
        return (counts.first { $0.name.prefix { $0.isLetter } == word } ?? counts.first)?.index
    }

    /// Which columns have a value that is not 0.
    private static func usedColumns(_ file: PprofFile, _ count: Int) throws(FormatError) -> [Bool] {
        var used = [Bool](repeating: false, count: count)
        for index in 0..<file.sampleCount where used.contains(false) {
            for (column, value) in try file.values(index).enumerated() where column < count && value != 0 {
                used[column] = true
            }
        }
        return used
    }

    private static func period(_ period: Int64, unit: String) -> Int64 {
        let (length, overflow) = period.multipliedReportingOverflow(by: TimeUnit.nanoseconds(unit) ?? 0)
        return overflow || length < 0 ? 0 : length
    }
}
