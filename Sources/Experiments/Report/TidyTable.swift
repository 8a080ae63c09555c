extension Store {
    private static let ofCell = ["block.workload", "block.size", "block.python", "cell.arm", "cell.role", "cell.id"]
    private static let ofMeasurement =
        [
            "why", "round", "session", "position", "began", "wall", "cpu", "status", "hashSeed", "padding", "pythonCalls", "cCalls", "due",
            "taken", "late", "missed", "failed",
        ].map { "measurement." + $0 } + ["round.load", "round.steal"]

    /// Every measurement as a row of comma-separated values (RFC 4180), beneath a row of names.
    public func tidyTable() throws(ExperimentError) -> [UInt8] {
        let names = (Self.ofCell + Self.ofMeasurement).map { $0 == "cell.id" ? "cell" : $0.split(separator: ".").last.map(String.init) ?? $0 }
        var table = Array((names.joined(separator: ",") + "\n").utf8)
        // There may be a million rows: what they share is written once for each cell.
        let fieldsOfCell = try fieldsOfCell()
        let sql = """
            SELECT measurement.cell, \(Self.ofMeasurement.joined(separator: ", ")) FROM measurement
            JOIN round ON round.number = measurement.round ORDER BY measurement.number
            """
        try database.each(sql) { row in
            table += fieldsOfCell[row.whole(0)] ?? []
            for column in 1...Self.ofMeasurement.count {
                table.append(UInt8(ascii: ","))
                table.append(field: row.value(column))
            }
            table.append(UInt8(ascii: "\n"))
        }
        return table
    }

    /// The first fields of a row, by the number of its cell.
    private func fieldsOfCell() throws(ExperimentError) -> [Int64: [UInt8]] {
        var fields: [Int64: [UInt8]] = [:]
        let sql = "SELECT cell.number, \(Self.ofCell.joined(separator: ", ")) FROM cell JOIN block ON block.number = cell.block"
        try database.each(sql) { row in
            var bytes: [UInt8] = []
            for column in 1...Self.ofCell.count {
                if column > 1 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(field: row.value(column))
            }
            fields[row.whole(0)] = bytes
        }
        return fields
    }
}

extension [UInt8] {
    /// Texts in quotation marks, what is not there as nothing.
    fileprivate mutating func append(field value: Database.Value) {
        switch value {
        case .null: break
        case .whole(let whole): self += whole.description.utf8
        case .number(let number): self += number.description.utf8
        case .text(let text): append(quoted: text)
        }
    }

    private mutating func append(quoted text: String) {
        let mark = UInt8(ascii: "\"")
        append(mark)
        for byte in text.utf8 {
            if byte == mark { append(mark) }
            append(byte)
        }
        append(mark)
    }
}
