extension Store {
    /// Every measurement as a row of comma-separated values (RFC 4180), handed on line by line.
    public func eachTidyLine(_ line: (String) throws -> Void) throws(ExperimentError) {
        let columns =
            ["block.workload", "block.size", "block.python", "cell.arm", "cell.role", "cell.id"]
            + [
                "round", "session", "position", "began", "wall", "cpu", "status", "why", "hashSeed", "padding", "pythonCalls", "cCalls",
                "due", "taken", "late", "missed", "failed",
            ].map { "measurement." + $0 } + ["round.load", "round.steal"]
        let names = columns.map { $0 == "cell.id" ? "cell" : $0.split(separator: ".").last.map(String.init) ?? $0 }
        let sql = """
            SELECT \(columns.joined(separator: ", ")) FROM measurement JOIN cell ON cell.number = measurement.cell
            JOIN block ON block.number = cell.block JOIN round ON round.number = measurement.round ORDER BY measurement.number
            """
        do { try line(names.joined(separator: ",")) } catch { throw .failed("\(error)") }
        try database.each(sql) { row in
            try line(columns.indices.map { Self.cell(row.written($0)) }.joined(separator: ","))
        }
    }

    private static func cell(_ text: String) -> String {
        text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
