/// Rows of cells in aligned columns, two blanks between them; the last column takes what room is left.
struct TextTable {
    struct Column {
        var title: String
        var alignment = Alignment.right
        var cells: [StyledLine]
    }

    static let gap = 2
    var columns: [Column] = []

    mutating func add(_ title: String, _ cells: [String], _ alignment: Alignment = .right) {
        columns.append(Column(title: title, alignment: alignment, cells: cells.map { StyledLine($0) }))
    }

    mutating func add(_ title: String, lines: [StyledLine]) {
        columns.append(Column(title: title, alignment: .left, cells: lines))
    }

    /// A column of shares, their figures and their bounds each lined up.
    mutating func add(_ title: String, shares: [ShareText]) {
        let figures = shares.map { $0.share.columns }.max() ?? 0
        let cells = shares.map { share in
            let figure = StyledLine(share.share).padded(to: figures, .right)
            return StyledLine(figure.spans + (share.bounds.isEmpty ? [] : [Span(" " + share.bounds, .faint)]))
        }
        columns.append(Column(title: title, alignment: .left, cells: cells))
    }

    func lines(width: Int, indent: Int = 2) -> [StyledLine] {
        let widths = columns.map(Self.width)
        let rows = columns.map(\.cells.count).max() ?? 0
        let header = line(columns.map { StyledLine($0.title, .faint) }, widths, indent)
        let body = (0..<rows).map { row in line(columns.map { $0.cells[row] }, widths, indent) }
        return ([header] + body).map { $0.clipped(to: width) }
    }

    private func line(_ cells: [StyledLine], _ widths: [Int], _ indent: Int) -> StyledLine {
        var result = StyledLine(String(repeating: " ", count: indent))
        for (index, cell) in cells.enumerated() {
            if index > 0 { result.spans.append(Span(String(repeating: " ", count: Self.gap))) }
            let column = columns[index]
            let isLast = index == columns.count - 1 && column.alignment == .left
            result.spans += isLast ? cell.spans : cell.padded(to: widths[index], column.alignment).spans
        }
        return result
    }

    static func width(of column: Column) -> Int {
        max(column.title.columns, column.cells.map(\.columns).max() ?? 0)
    }
}
