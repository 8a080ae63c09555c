import Testing

@testable import Measuring

@Suite struct ResultTableTests {
    @Test(arguments: [
        (0.75, 2, "0.75"), (1.0049, 2, "1.00"), (-0.004, 2, "0.00"), (-1.5, 1, "-1.5"), (12.0, 0, "12"),
        (0.05, 3, "0.050"), (.nan, 2, "?"), (.infinity, 2, "?"),
    ])
    func decimalsAreRounded(value: Double, places: Int, text: String) {
        #expect(Words.decimals(value, places) == text)
    }

    private let row = ["f", "at most 1", "0.5", "20 rounds", "met"]

    private func column(_ line: String, _ word: String) -> Int? {
        line.ranges(of: word).first.map { line.distance(from: line.startIndex, to: $0.lowerBound) }
    }

    @Test func columnsStandUnderTheHeader() {
        let table = ResultTable(Row.header, widths: [50, 34, 42, 9])
        #expect(column(table.line(row), "met") == column(table.headerLine, "verdict"))
        #expect(column(table.headerLine, "verdict") != nil)
    }

    @Test func columnsAreAsWideAsTheyNeedToBe() {
        let lines = ResultTable.lines(Row.header, [row, ["a long figure", "x", "1", "2 runs", ""]])
        #expect(column(lines[0], "verdict") == column(lines[1], "met"))
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }
}
