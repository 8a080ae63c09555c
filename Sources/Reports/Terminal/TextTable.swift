/// Rows of cells in aligned columns, two blanks between them; the last column takes what room is left.
struct TextTable {
    struct Column {
        var title: String
        var alignment = Alignment.right
        var cells: [StyledLine]
        /// By row, what of a cell is on lines of its own below; only of the last column.
        var below: [[StyledLine]] = []
        /// Whether those lines stand beneath all columns, because there is no room beside them.
        var isBeneath = false
    }

    static let gap = 2
    var columns: [Column] = []

    mutating func add(_ title: String, _ cells: [String], _ alignment: Alignment = .right) {
        columns.append(Column(title: title, alignment: alignment, cells: cells.map { StyledLine($0) }))
    }

    mutating func add(_ title: String, lines: [StyledLine]) {
        columns.append(Column(title: title, alignment: .left, cells: lines))
    }

    /// The last column: labels in what room is left.
    mutating func add(_ title: String, labels: [PlaceLabel], width: Int) {
        var column = Column(
            title: title, alignment: .left, cells: [], isBeneath: room(width: width) < Self.leastRoom)
        for label in labels {
            let lines = label.lines(room: roomForLabels(width: width))
            column.cells.append(column.isBeneath ? StyledLine() : lines.first ?? StyledLine())
            column.below.append(Array(lines.dropFirst(column.isBeneath ? 0 : 1)))
        }
        columns.append(column)
    }

    /// The columns that labels have, be it beneath the figures.
    func roomForLabels(width: Int) -> Int {
        let left = room(width: width)
        return left < Self.leastRoom ? width - 2 * Self.indent : left
    }

    /// The columns that are left for another.
    func room(width: Int) -> Int { width - Self.indent - columns.reduce(0) { $0 + Self.width(of: $1) + Self.gap } }

    /// Labels that have fewer columns beside the figures stand beneath them.
    private static let leastRoom = 20

    private static let indent = 2

    /// A column of shares, their figures and their bounds each lined up.
    mutating func add(_ title: String, shares: [ShareText]) {
        let figures = shares.map { $0.share.columns }.max() ?? 0
        let cells = shares.map { share in
            let figure = StyledLine(share.share).padded(to: figures, .right)
            return StyledLine(figure.spans + (share.bounds.isEmpty ? [] : [Span(" " + share.bounds, .faint)]))
        }
        columns.append(Column(title: title, alignment: .left, cells: cells))
    }

    func lines(width: Int) -> [StyledLine] {
        let widths = columns.map(Self.width)
        let rows = columns.map(\.cells.count).max() ?? 0
        let header = line(columns.map { StyledLine($0.title, .faint) }, widths)
        let body = (0..<rows).flatMap { row in
            [line(columns.map { $0.cells[row] }, widths)] + below(row, widths)
        }
        return ([header] + body).map { $0.clipped(to: width) }
    }

    private func below(_ row: Int, _ widths: [Int]) -> [StyledLine] {
        guard let last = columns.last, last.below.indices.contains(row) else { return [] }
        let blanks = columns.dropLast().map { _ in StyledLine() }
        let margin = Span(String(repeating: " ", count: 2 * Self.indent))
        return last.below[row].map {
            last.isBeneath ? StyledLine([margin] + $0.spans) : line(blanks + [$0], widths)
        }
    }

    private func line(_ cells: [StyledLine], _ widths: [Int]) -> StyledLine {
        var result = StyledLine(String(repeating: " ", count: Self.indent))
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
