/// The table on the terminal.
enum Table {
    /// Header and rows, every column as wide as it needs to be.
    static func lines(_ rows: [Row]) -> [String] {
        let header = ["figure", "asked", "measured [95 % interval]", "from", "verdict"]
        let cells = [header] + rows.map { [$0.figure, $0.asked, $0.measured, $0.from, $0.verdict?.rawValue ?? ""] }
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { line($0, widths) }
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        return padded.joined(separator: "  ").trimmingEnd
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
