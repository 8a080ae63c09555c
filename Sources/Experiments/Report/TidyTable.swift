extension Store {
    private static let texts = ["block.workload", "block.size", "block.python", "cell.arm", "cell.role", "cell.id", "measurement.why"]
    private static let numbers =
        [
            "round", "session", "position", "began", "wall", "cpu", "status", "hashSeed", "padding", "pythonCalls", "cCalls", "due", "taken",
            "late", "missed", "failed",
        ].map { "measurement." + $0 } + ["round.load", "round.steal"]

    /// Every measurement as a row of comma-separated values (RFC 4180), handed on line by line.
    public func eachTidyLine(_ line: (String) -> Void) throws(ExperimentError) {
        let names = (Self.texts + Self.numbers).map { $0 == "cell.id" ? "cell" : $0.split(separator: ".").last.map(String.init) ?? $0 }
        line(names.joined(separator: ","))
        // Written by SQLite itself: there may be a million of them.
        let quoted = Self.texts.map { #"coalesce('"' || replace(\#($0), '"', '""') || '"', '')"# }
        let cells = quoted + Self.numbers.map { "coalesce(\($0), '')" }
        let sql = """
            SELECT \(cells.joined(separator: " || ',' || ")) FROM measurement JOIN cell ON cell.number = measurement.cell
            JOIN block ON block.number = cell.block JOIN round ON round.number = measurement.round ORDER BY measurement.number
            """
        try database.each(sql) { line($0.text(0)) }
    }
}
