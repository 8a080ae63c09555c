/// The table on the terminal, printed row by row while the bench goes on.
enum Table {
    private static let widths = [50, 34, 42, 6]

    static let header = line(["figure", "asked", "measured [95 % interval]", "rounds", "verdict"])

    static func line(_ row: Row) -> String {
        line([row.figure, row.asked, row.measured, String(row.rounds), row.verdict.rawValue])
    }

    private static func line(_ cells: [String]) -> String {
        let padded = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }
        return (padded + cells.dropFirst(widths.count)).joined(separator: "  ")
    }
}
