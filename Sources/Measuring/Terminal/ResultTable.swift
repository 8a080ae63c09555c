/// A table of results on the terminal: columns, two blanks between them.
public struct ResultTable: Sendable {
    private let header: [String]
    private let widths: [Int]

    /// A table whose rows are printed one by one, in columns of these widths at least; the last column takes what it needs.
    public init(_ header: [String], widths: [Int]) { (self.header, self.widths) = (header, widths) }

    public var headerLine: String { line(header) }

    public func line(_ cells: [String]) -> String {
        let padded = cells.enumerated().map { column, cell in
            cell + String(repeating: " ", count: column < widths.count ? max(0, widths[column] - cell.count) : 0)
        }
        let line = padded.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// Header and rows, every column as wide as it needs to be.
    public static func lines(_ header: [String], _ rows: [[String]]) -> [String] {
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        let table = ResultTable(header, widths: widths)
        return [table.headerLine] + rows.map(table.line)
    }
}
